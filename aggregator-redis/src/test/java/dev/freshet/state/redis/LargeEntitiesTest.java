package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that a call returns at most some 400 kB: the rest is read by another call, and large lists
 * are read without a script.
 */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class LargeEntitiesTest {

  private static final String CALLS = "cmdstat_evalsha:calls=";
  private static final Duration TTL = Duration.ofDays(90);

  private final FeatureGroup group = TestGroups.onlyMinuteCount();
  private final StateKeys keys = new StateKeys(group.name());
  private TestServer server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    redis = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  /** Of some 90 kB each. */
  @Test
  void entitiesThatTakeMoreAreReadByAnotherCallAndAppendedToOnce() {
    List<String> both = LargeEntities.ofOnePartition(keys, 6);
    both.forEach(key -> store().apply(change(key, LargeEntities.events(key, 350)), NOON));
    List<KeyState> states = oneMoreOfEach(both);
    assertThat(calls()).as("calls for six of them").isEqualTo(2);
    areCountedOnce(both, states, 351);
    assertThat(both).allMatch(key -> length(key) == 3, "a header, a snapshot and a record");
  }

  /** Of more than a megabyte each. */
  @Test
  void largeListsAreReadBetweenTwoCalls() {
    List<String> both = LargeEntities.ofOnePartition(keys, 2);
    both.forEach(key -> store().apply(change(key, LargeEntities.events(key, 4_500)), NOON));
    List<KeyState> states = oneMoreOfEach(both);
    assertThat(calls()).as("calls for both").isEqualTo(2);
    areCountedOnce(both, states, 4_501);
    assertThat(both).allMatch(key -> length(key) == 3, "a header, a snapshot and a record");
  }

  @Test
  void aTailIsBounded() {
    String key = "key";
    byte[] list = Lists.of(group, key);
    RedisStateStore store = store();
    store.apply(change(key, LargeEntities.events(key, 4_500)), NOON);
    store.apply(change(key, plain("last", NOON)), NOON);
    assertThat(length(key)).as("a snapshot and a record").isEqualTo(3);
    byte[] record = redis.ask(commands -> commands.lindex(list, -1));
    byte[][] records = IntStream.range(0, 4_094).mapToObj(i -> record).toArray(byte[][]::new);
    redis.ask(commands -> commands.rpush(list, records));
    redis.ask(commands -> commands.pexpire(list, 60_000));
    resetCalls();
    store.apply(change(key), NOON);
    assertThat(calls()).as("calls for a tail of thousands of records").isEqualTo(2);
    assertThat(redis.<Long>ask(commands -> commands.pttl(list))).isGreaterThan(3_600_000);
    assertThat(length(key)).as("the snapshot is large, the records are few").isEqualTo(2 + 4_095);
    KeyState state = store.apply(change(key, plain("one more", NOON)), NOON).get(0);
    assertThat(numbers(state)).containsExactly(4_500 + 2);
    assertThat(length(key)).as("a snapshot and no record").isEqualTo(2);
  }

  /** Records of some 40 kB, as of large batches. */
  @Test
  void aSmallSnapshotHasNoLargeTail() {
    RedisStateStore store = store();
    for (int i = 0; i < 6; i++) {
      store.apply(change("key", LargeEntities.events("key" + i, 160)), NOON);
      long snapshot = redis.ask(commands -> commands.lindex(Lists.of(group, "key"), 1)).length;
      long records = (length("key") - 2) * 42_000;
      assertThat(records).as("%d steps, snapshot of %d bytes", i, snapshot).isLessThan(175_000);
    }
    assertThat(length("key")).isLessThan(2 + 6);
  }

  private List<KeyState> oneMoreOfEach(List<String> entities) {
    List<KeyEvents> batch =
        entities.stream().map(key -> new KeyEvents(key, List.of(plain("one more", NOON)))).toList();
    RedisStateStore store = store();
    store.apply(change("other"), NOON); // declares the group
    resetCalls();
    return store.apply(batch, NOON);
  }

  private void resetCalls() {
    String reset = redis.ask(commands -> commands.configResetstat());
    assertThat(reset).isEqualTo("OK");
  }

  private static void areCountedOnce(List<String> entities, List<KeyState> states, int expected) {
    assertThat(states).hasSameSizeAs(entities);
    assertThat(states).allSatisfy(each -> assertThat(numbers(each)).containsExactly(expected));
    assertThat(states).allMatch(each -> each.tally().equals(new Tally(1, 0, 0, 0)));
  }

  private long calls() {
    String statistics = redis.ask(commands -> commands.info("commandstats"));
    return statistics
        .lines()
        .filter(line -> line.startsWith(CALLS))
        .mapToLong(line -> Long.parseLong(line.substring(CALLS.length(), line.indexOf(','))))
        .sum();
  }

  private long length(String key) {
    return redis.ask(commands -> commands.llen(Lists.of(group, key)));
  }

  private RedisStateStore store() {
    return RedisStateStore.of(group, redis, TTL, Metrics.NONE);
  }
}
