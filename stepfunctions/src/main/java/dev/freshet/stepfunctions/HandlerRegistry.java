package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The handlers of the groups that time moves, for the watchdog: kept where their state is.
 *
 * <p>Every method throws {@link StateStoreException} if the state store does not answer.
 */
public final class HandlerRegistry {

  private static final byte[] KEY = "recalculation-handlers".getBytes(UTF_8);

  private final Redis redis;

  public HandlerRegistry(Redis redis) {
    this.redis = redis;
  }

  /** Remembers a handler by its class name. */
  public void add(String handler) {
    ask(commands -> commands.sadd(KEY, handler.getBytes(UTF_8)));
  }

  /** Forgets a handler that is no more. */
  public void remove(String handler) {
    ask(commands -> commands.srem(KEY, handler.getBytes(UTF_8)));
  }

  /** The class names of all handlers that ever had keys pending. */
  public Set<String> all() {
    return ask(commands -> commands.smembers(KEY)).stream()
        .map(name -> new String(name, UTF_8))
        .collect(Collectors.toSet());
  }

  private <T> T ask(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends RedisFuture<T>> command) {
    try {
      return redis.ask(command);
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }
}
