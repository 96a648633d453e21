package dev.freshet.local.platform;

import dev.freshet.local.process.RedisStore;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A real server of the tests. */
final class SingleRedis implements RedisStore {

  private final TestServer server;

  SingleRedis() {
    try {
      server = TestRedis.startServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + server.port();
  }

  @Override
  public void clear() {
    try (Redis redis = Redis.at(url(), Duration.ofSeconds(30))) {
      String unused = redis.ask(commands -> commands.flushall());
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
