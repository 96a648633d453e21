package dev.freshet.state.redis;

import dev.freshet.redis.Redis;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for replies of the server, and reports its errors. */
final class Replies {

  private Replies() {}

  /**
   * Issues commands together and waits for their replies, errors included.
   *
   * @throws StateStoreException if they do not arrive in time
   */
  static <T> List<RedisFuture<T>> await(
      Redis redis,
      Function<RedisClusterAsyncCommands<byte[], byte[]>, List<RedisFuture<T>>> commands) {
    List<RedisFuture<T>> replies = redis.pipeline(commands);
    if (!redis.awaitAll(replies)) {
      throw late(redis);
    }
    return replies;
  }

  /**
   * Returns the outcome of some work.
   *
   * @throws StateStoreException also in place of an error of Redis
   */
  static <T> T checked(Redis redis, Supplier<T> work) {
    try {
      return work.get();
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  static StateStoreException late(Redis redis) {
    return new StateStoreException("state store " + redis + " did not answer in time", null);
  }
}
