package dev.freshet.testing;

import dev.freshet.redis.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import redis.embedded.RedisServer;

/**
 * A real Redis server for tests: one for each JVM, started when first asked for, stopped with the
 * JVM. Tests keep apart by the names of their groups and keys.
 */
public final class TestRedis {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private TestRedis() {}

  /** The server's URL. */
  public static String url() {
    return "redis://127.0.0.1:" + Server.PORT;
  }

  /** A connection of its own; close it. */
  public static Redis connect() {
    return Redis.at(url(), TIMEOUT);
  }

  private static final class Server {
    static final int PORT = start();

    private static int start() {
      try {
        int port = freePort();
        RedisServer server =
            RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return port;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(RedisServer server) {
      try {
        server.stop();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
