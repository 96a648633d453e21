package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Who wakes a feature group: at most one execution, the one that wakes earliest. A lease expires
 * some time after its holder should have woken, so that a dead one does not keep it.
 */
final class Lease {

  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Redis redis;
  private final byte[][] key;
  private final Script take = script("take_lease.lua");
  private final Script renew = script("renew_lease.lua");
  private final Script release = script("release_lease.lua");

  Lease(Redis redis, String group) {
    this.redis = redis;
    this.key = new byte[][] {("recalculation:" + group).getBytes(UTF_8)};
  }

  /** Takes the lease for one who will wake at an instant; empty if another wakes no later. */
  Optional<String> take(long wakeAtMillis, long nowMillis) {
    List<Object> reply =
        call(take, Long.toString(wakeAtMillis), timeToLive(wakeAtMillis, nowMillis));
    return reply.stream().findFirst().map(token -> new String((byte[]) token, UTF_8));
  }

  /** Goes on holding the lease; false if another has taken it. */
  boolean renew(String token, long wakeAtMillis, long nowMillis) {
    return isTrue(
        call(renew, token, Long.toString(wakeAtMillis), timeToLive(wakeAtMillis, nowMillis)));
  }

  /** Gives up the lease; false if another has taken it. */
  boolean release(String token) {
    return isTrue(call(release, token));
  }

  private static String timeToLive(long wakeAtMillis, long nowMillis) {
    return Long.toString(Math.max(0, wakeAtMillis - nowMillis) + GRACE.toMillis());
  }

  private static boolean isTrue(List<Object> reply) {
    return reply.get(0).equals(1L);
  }

  private List<Object> call(Script script, String... arguments) {
    try {
      RedisFuture<List<Object>> call = send(script, arguments);
      if (Script.isUnknown(call)) {
        script.load(redis);
        call = send(script, arguments);
      }
      return call.toCompletableFuture().join();
    } catch (RedisException | CompletionException e) {
      throw new StateStoreException("lease on " + redis + ": " + e.getMessage(), e);
    }
  }

  private RedisFuture<List<Object>> send(Script script, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = arguments[i].getBytes(UTF_8);
    }
    RedisFuture<List<Object>> call = redis.pipeline(commands -> script.call(commands, key, bytes));
    if (!redis.await(call)) {
      throw new StateStoreException("lease on " + redis + ": no answer in time", null);
    }
    return call;
  }

  private static Script script(String name) {
    return new Script(Script.read(Lease.class, name));
  }
}
