package dev.freshet.testing.redis;

import dev.freshet.redis.Redis;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * The redis-server that comes with the tests, or the program that {@code -Dredis.server} names,
 * such as a valkey-server.
 */
final class RedisProcess implements TestServer {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final RedisServer server;
  private long suspended;

  /**
   * Creates a server without starting it.
   *
   * @param settings as the configuration file has them, without quotes
   */
  RedisProcess(int port, List<String> settings) throws IOException {
    this.port = port;
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no")
            .setting("dir " + Files.createTempDirectory("freshet-redis"));
    Optional.ofNullable(System.getProperty("redis.server"))
        .ifPresent(file -> builder.executableProvider(() -> new File(file)));
    settings.forEach(builder::setting);
    server = builder.build();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    process.destroyForcibly();
    try {
      ProcessHandle unused = process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("server on port " + port + " cannot be killed", e);
    }
  }

  @Override
  public void suspend() {
    suspended = pid();
    signal("-STOP");
  }

  @Override
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      String pid = Long.toString(suspended);
      int exit = new ProcessBuilder("kill", signal, pid).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill " + signal + " " + pid + " exits with " + exit);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("server on port " + port + " cannot be told " + signal, e);
    }
  }

  private long pid() {
    try (Redis redis = Redis.at("redis://127.0.0.1:" + port, PATIENCE)) {
      return redis
          .<String>ask(commands -> commands.info("server"))
          .lines()
          .filter(line -> line.startsWith("process_id:"))
          .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
          .findFirst()
          .orElseThrow();
    }
  }
}
