package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that a record that is twice in a list changes nothing, and is removed by the next snapshot.
 */
@Tag("containers")
@Tag("verify")
class RepeatedEventsTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  /** As when a connection breaks before the answer, and the client sends the call again. */
  @Test
  void aCallThatIsExecutedTwiceCountsOnce() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(9))) {
      SlowFunction function = new SlowFunction(group, REDIS, KEY);
      for (int i = 0; i < 5; i++) {
        KeyState state = function.step(2, KEY, NOON + i, event(i));
        assertThat(state.tally())
            .as("%s, event %d repeats itself", group, i)
            .isEqualTo(new Tally(0, 1, 0, 0));
        assertThat(numbers(state)[0]).isEqualTo(i + 1);
      }
      assertThat(length(group)).as("records").isEqualTo(2 + 2 * 5);
      assertThat(numbers(store(group).apply(change(KEY), NOON + 5).get(0))[0]).isEqualTo(5);
    }
  }

  /**
   * A snapshot moves the second copy to the index of the first; the records between are not cached.
   */
  @Test
  void aSecondCopyAtTheIndexOfACachedRecordIsNotMistakenForIt() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(9))) {
      SlowFunction repeats = new SlowFunction(group, REDIS, KEY);
      repeats.step(KEY, NOON + 5, event(0));
      RedisStateStore reader = store(group);
      reader.apply(change(KEY), NOON + 5);
      SlowFunction other = new SlowFunction(group, REDIS, KEY);
      for (int i = 1; i <= 3; i++) {
        other.step(KEY, NOON + 5, event(i));
      }
      repeats.sendAgain();
      assertThat(other.putSnapshot(1)).isTrue();
      assertThat(numbers(reader.apply(change(KEY), NOON + 5).get(0))[0])
          .as("%s", group)
          .isEqualTo(4);
    }
  }

  /** Their records differ only in the tag. */
  @Test
  void aFunctionRecognisesItsOwnRecordAmongEqualOnes() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(9))) {
      assertThat(store(group).apply(change(KEY, event(1)), NOON).get(0).tally())
          .isEqualTo(new Tally(1, 0, 0, 0));
      assertThat(store(group).apply(change(KEY, event(1)), NOON).get(0).tally())
          .as("%s, another function", group)
          .isEqualTo(new Tally(0, 1, 0, 0));
    }
  }

  @Test
  void aStreamThatIsReplayedTwiceTakesNoMoreRoomInTheEnd() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.heldValues(50))) {
      RedisStateStore store = store(group);
      double[] once = replay(store);
      long bytes = bytes(group);
      assertThat(replay(store)).as("features of %s", group).containsExactly(once);
      assertThat(replay(store(group))).as("by another function").containsExactly(once);
      assertThat(length(group)).as("elements").isLessThan(2 + 150);
      assertThat(bytes(group)).as("bytes").isLessThan(bytes * 3 / 2);
    }
  }

  /** Their times are held until they have come. */
  @Test
  void repeatedEventsThatAreDatedAheadTakeNoRoomEither() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = store(group);
    Event ahead = value("ahead", NOON + 1_000_000, 1);
    for (int i = 0; i < 300; i++) {
      store.apply(change(KEY, ahead), NOON);
    }
    assertThat(length(group)).isLessThan(30);
    byte[] snapshot = REDIS.ask(commands -> commands.lindex(Lists.of(group, KEY), 1));
    assertThat(snapshot.length).as("bytes of a snapshot of one event").isLessThan(60);
  }

  private static double[] replay(RedisStateStore store) {
    double[] features = {};
    for (int i = 0; i < 400; i++) {
      features = numbers(store.apply(change(KEY, event(i)), NOON + 500).get(0));
    }
    return features;
  }

  private static Event event(int number) {
    return value("e" + number, NOON + number, number);
  }

  private static RedisStateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
  }

  private static long length(FeatureGroup group) {
    return REDIS.ask(commands -> commands.llen(Lists.of(group, KEY)));
  }

  private static long bytes(FeatureGroup group) {
    List<byte[]> elements = REDIS.ask(commands -> commands.lrange(Lists.of(group, KEY), 0, -1));
    return IntStream.range(0, elements.size()).mapToLong(i -> elements.get(i).length).sum();
  }
}
