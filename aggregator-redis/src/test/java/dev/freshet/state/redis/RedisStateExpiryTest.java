package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.SECOND;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that state in use does not expire, although not every step renews its time to live. */
@Tag("verify")
class RedisStateExpiryTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Redis redis = TestRedis.connect();

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void aShortTimeToLiveIsRenewedInQuarters() {
    Duration shortTtl = Duration.ofSeconds(100);
    FeatureGroup group = TestGroups.lastValues(3);
    RedisStateStore store = RedisStateStore.of(group, redis, shortTtl, Metrics.NONE);
    byte[] list = Lists.of(group, "key");
    store.apply(change("key", value("e", NOON, 1)), NOON);
    expireSoon(list);
    store.apply(change("key", value("f", NOON, 1)), NOON + 24 * SECOND);
    assertThat(ttl(list)).as("within a quarter").isLessThanOrEqualTo(SOON);
    store.apply(change("key", value("g", NOON, 1)), NOON + 25 * SECOND);
    assertThat(ttl(list)).isBetween(shortTtl.plusSeconds(15), shortTtl.plusSeconds(25));
  }

  @Test
  void theFirstStepOfAnHourRenewsTheList() {
    for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
      RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
      byte[] list = Lists.of(group, "key");
      store.apply(change("key", value("e", NOON, 1)), NOON);
      Duration whole = ttl(list);
      for (long now : new long[] {NOON + HOUR, NOON + 2 * HOUR, NOON}) { // also of a clock set back
        expireSoon(list);
        store.apply(change("key", value("e" + now, now, 1)), now);
        assertThat(ttl(list)).as("%s at %d", group, now).isGreaterThan(whole.minus(SOON));
      }
    }
  }

  @Test
  void aStepWithoutEventsRenewsTheListToo() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    byte[] list = Lists.of(group, "key");
    store.apply(change("key", value("e", NOON, 1)), NOON);
    expireSoon(list);
    store.apply(change("key"), NOON + HOUR);
    assertThat(ttl(list)).isGreaterThan(SOON);
  }

  /** Two functions whose snapshots take turns would otherwise never renew it. */
  @Test
  void aFunctionThatReadsTheSnapshotOfAnotherRenewsTheListAndTheIndex() {
    FeatureGroup group = TestGroups.demand();
    byte[] list = Lists.of(group, "key");
    SlowFunction one = new SlowFunction(group, redis, "key");
    SlowFunction other = new SlowFunction(group, redis, "key");
    one.step("key", NOON, value("a", NOON, 1));
    Duration whole = ttl(list);
    for (int i = 0; i < 4; i++) {
      SlowFunction winner = i % 2 == 0 ? other : one;
      SlowFunction loser = i % 2 == 0 ? one : other;
      winner.step("key", NOON, value("b" + i, NOON, 1));
      assertThat(winner.putSnapshot(1)).isTrue();
      expireSoon(list, index(group));
      loser.step("key", NOON, value("c" + i, NOON, 1));
      assertThat(ttl(list)).as("snapshot %d", i).isGreaterThan(whole.minus(SOON));
      assertThat(ttl(index(group))).as("snapshot %d", i).isGreaterThan(whole.minus(SOON));
    }
  }

  @Test
  void theFirstStepOfAnHourRenewsTheIndex() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    byte[] index = index(group);
    store.apply(change("key", value("e", NOON, 1)), NOON);
    Duration whole = ttl(index);
    expireSoon(index);
    store.apply(change("key", value("f", NOON + HOUR, 1)), NOON + HOUR);
    assertThat(ttl(index)).isGreaterThan(whole.minus(SOON));
  }

  @Test
  void aCachedEntityKeepsItsTimeToLive() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    byte[] list = Lists.of(group, "key");
    store.apply(change("key", value("e", NOON, 1)), NOON);
    expireSoon(list, index(group));
    store.apply(change("key", value("f", NOON, 1)), NOON + HOUR - 1);
    assertThat(ttl(list)).isLessThanOrEqualTo(SOON);
    assertThat(ttl(index(group))).isLessThanOrEqualTo(SOON);
  }

  @Test
  void newKeysExpire() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    StateKeys keys = new StateKeys(group.name());
    byte[][] all = {Lists.of(group, "key"), keys.clock(keys.partition("key")), index(group)};
    store.apply(change("key", value("e", NOON, 1)), NOON);
    for (byte[] each : all) {
      redis.ask(commands -> commands.del(each));
      store.apply(change("key", value("f", NOON + MINUTE, 1)), NOON + MINUTE);
      assertThat(ttl(each)).as("time to live of %s", new String(each, UTF_8)).isPositive();
    }
  }

  @Test
  void aListThatANewSnapshotReplacesStillExpires() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    byte[] list = Lists.of(group, "key");
    for (int i = 0; i < 40; i++) {
      store.apply(change("key", value("e" + i, NOON, 1)), NOON);
    }
    long length = redis.ask(commands -> commands.llen(list));
    assertThat(length).isLessThan(20);
    assertThat(ttl(list)).isPositive();
  }

  private static byte[] index(FeatureGroup group) {
    StateKeys keys = new StateKeys(group.name());
    return keys.index(keys.partition("key"));
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
