package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TestRedis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** State in use does not expire, though not every step tells it to live on. */
class RedisStateExpiryTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final long TWO_SECONDS_MICROS = TimeUnit.SECONDS.toMicros(2);

  private final Redis redis = TestRedis.connect();

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void aShortTimeToLiveIsRenewedInHundredths() {
    Duration shortTtl = Duration.ofSeconds(100);
    FeatureGroup group = TestGroups.lastValues(3);
    RedisStateStore store = RedisStateStore.of(group, redis, shortTtl, Metrics.NONE);
    byte[] values = new StateKeys(group.name()).of("key", "ring");
    store.apply(change("key", value("e", NOON, 1)), NOON);
    redis.ask(commands -> commands.pexpire(values, SOON.toMillis()));
    byte[] state = redis.ask(commands -> commands.get(values));
    redis.ask(commands -> commands.setrange(values, 0, moved(state, -TWO_SECONDS_MICROS)));
    store.apply(change("key", value("f", NOON + 1, 1)), NOON);
    assertThat(ttl(values)).isBetween(shortTtl.minusSeconds(10), shortTtl.plusSeconds(1));
  }

  @Test
  void theFirstStepOfAnHourRenewsTheLastEvents() {
    FeatureGroup group = TestGroups.lastValues(3);
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    StateKeys keys = new StateKeys(group.name());
    byte[] values = keys.of("key", "ring");
    store.apply(change("key", value("e", NOON, 1)), NOON);
    for (long hours : new long[] {-2, 2}) {
      expireSoon(values, keys.of("key", "ids"));
      byte[] state = redis.ask(commands -> commands.get(values));
      redis.ask(commands -> commands.setrange(values, 0, moved(state, hours * HOUR_MICROS)));
      store.apply(change("key", value("e" + hours, NOON + MINUTE + hours, 1)), NOON);
      assertThat(ttl(values)).as("%d hours", hours).isGreaterThan(TTL.minus(SOON));
      assertThat(ttl(keys.of("key", "ids"))).isGreaterThan(TTL.minus(SOON));
    }
  }

  @Test
  void theFirstStepOfAnHourRenewsTheTimelineAndTheIndex() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    StateKeys keys = new StateKeys(group.name());
    byte[] items = keys.of("key", "items");
    byte[] index = keys.index(keys.partition("key"));
    store.apply(change("key", value("e", NOON, 1)), NOON);
    Duration whole = ttl(items);
    for (long hours : new long[] {-2, 2}) {
      expireSoon(items, keys.of("key", "queue"), index);
      byte[] header = redis.ask(commands -> commands.hget(items, new byte[0]));
      redis.ask(commands -> commands.hset(items, new byte[0], moved(header, hours * HOUR_MICROS)));
      store.apply(change("key", value("e", NOON, 1)), NOON);
      for (byte[] each : new byte[][] {items, keys.of("key", "queue"), index}) {
        assertThat(ttl(each)).as("%d hours", hours).isGreaterThan(whole.minus(SOON));
      }
    }
  }

  @Test
  void anIndexThatIsMadeAnewExpires() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    StateKeys keys = new StateKeys(group.name());
    byte[] index = keys.index(keys.partition("key"));
    store.apply(change("key", value("e", NOON, 1)), NOON);
    redis.ask(commands -> commands.del(index));
    store.apply(change("key", value("f", NOON, 1)), NOON);
    assertThat(ttl(index)).isPositive();
  }

  @Test
  void aQueueThatIsEmptiedAndFilledExpires() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    byte[] queue = new StateKeys(group.name()).of("key", "queue");
    long later = NOON + 3 * HOUR;
    store.apply(change("key", value("e", NOON, 1)), NOON);
    store.apply(change("key", value("f", later, 1)), later);
    long queued = redis.ask(commands -> commands.zcard(queue));
    assertThat(queued).isEqualTo(1);
    assertThat(ttl(queue)).isPositive();
  }

  /** The state, whose version comes first, as if its last step was made at another time. */
  private static byte[] moved(byte[] state, long micros) {
    ByteBuffer numbers = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    return numbers.putDouble(0, numbers.getDouble(0) + micros).array();
  }

  private void expireSoon(byte[]... keys) {
    for (byte[] key : keys) {
      redis.ask(commands -> commands.pexpire(key, SOON.toMillis()));
    }
  }

  private Duration ttl(byte[] key) {
    return Duration.ofMillis(redis.ask(commands -> commands.pttl(key)));
  }
}
