package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.LeaseKeys;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The lease to wake a range of partitions of a feature group: held by at most one execution, the
 * one that wakes earliest. It expires some time after its holder should have woken, so that a dead
 * holder does not keep it.
 */
final class Lease {

  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final byte[] EXECUTION = "execution".getBytes(UTF_8);
  private static final byte[] WAKE_AT = "wake_at".getBytes(UTF_8);

  /** The longest name of an execution, without a hyphen and a token. */
  private static final int MOST_LETTERS = 80 - 1 - 16;

  private final Redis redis;
  private final String executions;
  private final byte[][] key;
  private final Script take = script("take_lease.lua");
  private final Script renew = script("renew_lease.lua");
  private final Script release = script("release_lease.lua");

  Lease(Redis redis, String group, PartitionRange range) {
    this.redis = redis;
    String suffix = range.suffix("-");
    int letters = Math.min(group.length(), MOST_LETTERS - suffix.length());
    this.executions = group.substring(0, letters) + suffix + "-";
    this.key = new byte[][] {LeaseKeys.of(group, range)};
  }

  /**
   * Takes the lease for an execution that will wake at an instant, and returns its token; empty if
   * the holder wakes no later.
   */
  Optional<String> take(long wakeAtMillis, long nowMillis) {
    List<Object> reply =
        call(
            take,
            Long.toString(wakeAtMillis),
            timeToLive(wakeAtMillis, nowMillis),
            executionOf(""));
    return reply.stream().findFirst().map(token -> new String((byte[]) token, UTF_8));
  }

  /** Returns the name for the execution that holds a token. */
  String executionOf(String token) {
    return executions + token;
  }

  /** Extends the lease of an execution; returns false if another execution holds it. */
  boolean renew(String token, String execution, long wakeAtMillis, long nowMillis) {
    return isTrue(
        call(
            renew,
            token,
            Long.toString(wakeAtMillis),
            timeToLive(wakeAtMillis, nowMillis),
            execution));
  }

  /** Gives up the lease; returns false if another execution holds it. */
  boolean release(String token) {
    return isTrue(call(release, "token", token));
  }

  /** Returns the name of the execution that holds the lease; empty if none does. */
  Optional<String> holder() {
    return Optional.ofNullable(ask(commands -> commands.hget(key[0], EXECUTION)))
        .map(name -> new String(name, UTF_8));
  }

  /** Returns when the holder of the lease wakes; empty if there is none. */
  OptionalLong wakeAtMillis() {
    byte[] millis = ask(commands -> commands.hget(key[0], WAKE_AT));
    return millis == null
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(new String(millis, UTF_8)));
  }

  /** Takes the lease from an execution that has ended. */
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
      Script.load(redis, script);
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
