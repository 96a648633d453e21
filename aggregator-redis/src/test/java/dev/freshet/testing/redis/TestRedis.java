package dev.freshet.testing.redis;

import dev.freshet.redis.Redis;
import dev.freshet.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Redis server for tests: one for each JVM, started when first asked for, stopped with the
 * JVM. Tests keep apart by the names of their groups and keys. With {@code -Pcontainers} it, and
 * each further one, runs in a container.
 */
public final class TestRedis {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private TestRedis() {}

  /** Returns the server's URL. */
  public static String url() {
    return "redis://127.0.0.1:" + Server.PORT;
  }

  /** Returns the connection that the tests of this JVM share; never close it. */
  public static Redis shared() {
    return Server.SHARED;
  }

  /** Opens a separate connection; close it. */
  public static Redis connect() {
    return Redis.at(url(), TIMEOUT);
  }

  /**
   * Starts another server, for tests that break it; stop it.
   *
   * @param settings such as {@code maxmemory-policy noeviction}, without quotes
   */
  public static TestServer startServer(String... settings) throws IOException {
    return startServer(freePort(), settings);
  }

  static TestServer startServer(int port, String... settings) throws IOException {
    TestServer server =
        ServerContainer.isWanted()
            ? container(port, List.of(settings))
            : new RedisProcess(port, List.of(settings));
    server.start();
    return server;
  }

  private static TestServer container(int port, List<String> settings) {
    List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(port), "--save", "", "--appendonly", "no"));
    for (String setting : settings) {
      command.addAll(List.of(("--" + setting).split(" ", 2)));
    }
    return new ServerContainer(
        ServerContainer.image("redis"), port, "Ready to accept connections", command);
  }

  /** Returns a port that was free a moment ago. */
  public static int freePort() {
    return FreePort.find();
  }

  private static final class Server {
    static final int PORT = start();
    static final Redis SHARED = connect();

    private static int start() {
      try {
        TestServer server = startServer();
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      SHARED.close();
                      server.stop();
                    }));
        return server.port();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
