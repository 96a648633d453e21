package dev.freshet.local.platform;

import dev.freshet.local.process.RedisStore;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;

/** A real cluster of two masters. */
final class ClusteredRedis implements RedisStore {

  private final TestRedisCluster cluster;

  ClusteredRedis() throws IOException {
    cluster = new TestRedisCluster();
  }

  @Override
  public String url() {
    return cluster.url();
  }

  @Override
  public void clear() {
    try (Redis redis = cluster.connect()) {
      String unused = redis.ask(commands -> commands.flushall());
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
