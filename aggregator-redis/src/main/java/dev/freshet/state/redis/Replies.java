package dev.freshet.state.redis;

import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.util.concurrent.ExecutionException;

/** Reads replies of the server. */
final class Replies {

  private Replies() {}

  /**
   * Returns the value of a reply that has arrived.
   *
   * @throws RedisException if the reply is an error
   */
  static <T> T value(RedisFuture<T> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      throw new RedisException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    }
  }
}
