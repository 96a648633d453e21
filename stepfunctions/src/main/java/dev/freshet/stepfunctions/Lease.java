package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who wakes a feature group: at most one execution, the one that wakes earliest. A lease expires
 * some time after its holder should have woken, so that a dead one does not keep it.
 */
final class Lease {

  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final byte[] EXECUTION = "execution".getBytes(UTF_8);

  private final Redis redis;
  private final String group;
  private final byte[][] key;
  private final Script take = script("take_lease.lua");
  private final Script renew = script("renew_lease.lua");
  private final Script release = script("release_lease.lua");

  Lease(Redis redis, String group) {
    this.redis = redis;
    this.group = group;
    this.key = new byte[][] {("recalculation:" + group).getBytes(UTF_8)};
  }

  /** Takes the lease for one who will wake at an instant; empty if another wakes no later. */
  Optional<String> take(long wakeAtMillis, long nowMillis) {
    List<Object> reply =
        call(
            take,
            Long.toString(wakeAtMillis),
            timeToLive(wakeAtMillis, nowMillis),
            executionOf(""));
    return reply.stream().findFirst().map(token -> new String((byte[]) token, UTF_8));
  }

  /** The name of the execution that is to be started for one who took the lease. */
  String executionOf(String token) {
    return group + "-" + token;
  }

  /** An execution goes on holding the lease; false if another has taken it. */
  boolean renew(String token, String execution, long wakeAtMillis, long nowMillis) {
    return isTrue(
        call(
            renew,
            token,
            Long.toString(wakeAtMillis),
            timeToLive(wakeAtMillis, nowMillis),
            execution));
  }

  /** Gives up the lease; false if another has taken it. */
  boolean release(String token) {
    return isTrue(call(release, "token", token));
  }

  /** The name of the execution that holds the lease; empty if none does. */
  Optional<String> holder() {
    return Optional.ofNullable(ask(commands -> commands.hget(key[0], EXECUTION)))
        .map(name -> new String(name, UTF_8));
  }

  /** Takes the lease from an execution that is no more. */
  void revoke(String execution) {
    isTrue(call(release, "execution", execution));
  }

  private static String timeToLive(long wakeAtMillis, long nowMillis) {
    return Long.toString(Math.max(0, wakeAtMillis - nowMillis) + GRACE.toMillis());
  }

  private static boolean isTrue(List<Object> reply) {
    return reply.get(0).equals(1L);
  }

  private List<Object> call(Script script, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = arguments[i].getBytes(UTF_8);
    }
    try {
      return redis.ask(commands -> script.call(commands, key, bytes));
    } catch (RedisNoScriptException e) {
      script.load(redis);
      return ask(commands -> script.call(commands, key, bytes));
    } catch (RedisException e) {
      throw unavailable(e);
    }
  }

  private <T> T ask(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends RedisFuture<T>> command) {
    try {
      return redis.ask(command);
    } catch (RedisException e) {
      throw unavailable(e);
    }
  }

  private StateStoreException unavailable(RedisException cause) {
    return new StateStoreException("lease on " + redis + ": " + cause.getMessage(), cause);
  }

  private static Script script(String name) {
    return Script.beside(Lease.class, name);
  }
}
