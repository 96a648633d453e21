package dev.freshet.testing;

import dev.freshet.redis.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

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

  /** A further server, for tests that break it; stop it. */
  public static RedisServer startServer(String... settings) throws IOException {
    return startServer(freePort(), settings);
  }

  static RedisServer startServer(int port, String... settings) throws IOException {
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no");
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    return server;
  }

  /** A port that was free a moment ago. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Server {
    static final int PORT = start();

    private static int start() {
      try {
        RedisServer server = startServer();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server.ports().get(0);
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
  }
}
