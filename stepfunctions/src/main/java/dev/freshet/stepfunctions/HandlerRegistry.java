package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisFuture;
import java.util.Set;
import java.util.stream.Collectors;

/** The handlers of the groups that time moves, for the watchdog: kept where their state is. */
public final class HandlerRegistry {

  private static final byte[] KEY = "recalculation-handlers".getBytes(UTF_8);

  private final Redis redis;

  public HandlerRegistry(Redis redis) {
    this.redis = redis;
  }

  /** Remembers a handler by its class name. */
  void add(String handler) {
    RedisFuture<Long> answer =
        redis.pipeline(commands -> commands.sadd(KEY, handler.getBytes(UTF_8)));
    await(answer);
  }

  /** The class names of all handlers that ever asked to be woken. */
  public Set<String> all() {
    RedisFuture<Set<byte[]>> answer = redis.pipeline(commands -> commands.smembers(KEY));
    await(answer);
    return answer.toCompletableFuture().join().stream()
        .map(name -> new String(name, UTF_8))
        .collect(Collectors.toSet());
  }

  private void await(RedisFuture<?> answer) {
    if (!redis.await(answer)) {
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
  }
}
