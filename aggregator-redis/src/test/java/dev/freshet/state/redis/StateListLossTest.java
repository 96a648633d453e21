package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.heldMicros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that a function detects every change of a list that its cache does not have. */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class StateListLossTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  private final FeatureGroup group = TestGroups.heldValues(100);
  private final StateKeys keys = new StateKeys(group.name());
  private final byte[] list = Lists.of(group, KEY);
  private final RedisStateStore store = store(group);

  /** A replica that took over did not have the last records, and the list has grown again since. */
  @Test
  void aListThatGrewAgainBeyondTheKnownPlaceIsReadWhole() {
    for (int regrown = 0; regrown < 6; regrown++) {
      REDIS.ask(commands -> commands.del(list));
      write(store, 0, 6);
      REDIS.ask(commands -> commands.ltrim(list, 0, -4)); // 3, 4 and 5 are lost
      write(store(group), 10, 10 + regrown);
      assertThat(write(store, 30, 31))
          .as("after %d other records", regrown)
          .isEqualTo(
              numbers(
                  LongStream.of(0, 1, 2), LongStream.range(10, 10 + regrown), LongStream.of(30)));
    }
  }

  @Test
  void aListThatWasMadeAnewIsReadWhole() {
    for (int regrown = 0; regrown < 6; regrown++) {
      REDIS.ask(commands -> commands.del(list));
      write(store, 0, 3);
      REDIS.ask(commands -> commands.del(list));
      write(store(group), 10, 10 + regrown);
      assertThat(write(store, 30, 31))
          .as("after %d other records", regrown)
          .isEqualTo(numbers(LongStream.range(10, 10 + regrown), LongStream.of(30)));
    }
  }

  @Test
  void aLostListAffectsNothingElse() {
    long before = 0;
    for (int i = 0; i < 4; i++) {
      KeyState state = store.apply(change(KEY, event(i)), NOON).get(0);
      assertThat(heldMicros(state)).containsExactly(i);
      assertThat(state.version()).isGreaterThan(before);
      before = state.version();
      REDIS.ask(commands -> commands.del(list));
    }
    assertThat(heldMicros(store.apply(change(KEY), NOON).get(0))).isEmpty();
  }

  @Test
  void aLostClockAffectsNothingElse() {
    byte[] clock = keys.clock(keys.partition(KEY));
    long before = 0;
    for (int i = 0; i < 4; i++) {
      KeyState state = store.apply(change(KEY, event(i)), NOON).get(0);
      assertThat(heldMicros(state)).isEqualTo(LongStream.rangeClosed(0, i).toArray());
      assertThat(state.version()).isGreaterThan(before);
      before = state.version();
      REDIS.ask(commands -> commands.del(clock));
    }
  }

  @Test
  void aLostIndexNamesAgainWhatIsStillToChange() {
    FeatureGroup demand = TestGroups.demand();
    StateKeys those = new StateKeys(demand.name());
    RedisStateStore function = store(demand);
    function.apply(change(KEY, event(1)), NOON + 1);
    REDIS.ask(commands -> commands.del(those.index(those.partition(KEY))));
    long later = NOON + MINUTE / 2;
    KeyState state = function.apply(change(KEY, value("later", later, 1)), later).get(0);
    assertThat(state.validUntilMillis()).isEqualTo(NOON + 1 + MINUTE);
    assertThat(new RedisDueKeys(demand, REDIS).next().orElseThrow())
        .isLessThanOrEqualTo(state.validUntilMillis());
  }

  /** The first event brings the index back, the one of another entity finds it there. */
  @Test
  void aLostIndexNamesEveryEntityOfThePartitionAgain() {
    FeatureGroup demand = TestGroups.demand();
    StateKeys those = new StateKeys(demand.name());
    RedisStateStore function = store(demand);
    String neighbour =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "neighbour" + i)
            .filter(each -> those.partition(each) == those.partition(KEY))
            .findFirst()
            .orElseThrow();
    function.apply(change(KEY, event(1)), NOON + 1);
    function.apply(change(neighbour, event(2)), NOON + 2);
    REDIS.ask(commands -> commands.del(those.index(those.partition(KEY))));
    long later = NOON + MINUTE / 2;
    for (String key : List.of(neighbour, KEY)) {
      function.apply(change(key, value("later", later, 1)), later);
    }
    assertThat(new RedisDueKeys(demand, REDIS).due(NOON + 2 + MINUTE, 100))
        .extracting(DueKey::key)
        .containsExactlyInAnyOrder(KEY, neighbour);
  }

  /** Writes numbered events, each in its own record; returns the values then held. */
  private static long[] write(RedisStateStore store, int from, int to) {
    long[] held = {};
    for (int i = from; i < to; i++) {
      held = heldMicros(store.apply(change(KEY, event(i)), NOON).get(0));
    }
    return held;
  }

  private static long[] numbers(LongStream... parts) {
    return List.of(parts).stream().flatMapToLong(each -> each).toArray();
  }

  private static Event event(int number) {
    return value("e" + number, NOON + number, number);
  }

  private static RedisStateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
  }
}
