package dev.freshet.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.contract.RandomHistory;
import dev.freshet.contract.RandomHistory.Step;
import dev.freshet.contract.StateStoreContract;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;
import dev.freshet.testing.RandomFeatures;
import dev.freshet.testing.TestEvents;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("containers")
@Tag("verify")
class RedisStateStoreTest extends StateStoreContract {

  /** The contract has events of the year 0. */
  private static final Duration FOR_EVER = Duration.ofDays(2_000_000);

  private static final Redis REDIS = TestRedis.shared();

  @Override
  public StateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, FOR_EVER, Metrics.NONE);
  }

  @Test
  void randomDemandIsTheSameInMemory() {
    for (int seed = 1; seed <= 25; seed++) {
      answersAreTheSameInMemory(TestGroups.demand(), RandomHistory.ofDemand(seed), seed);
    }
  }

  @Test
  void randomItemsAreTheSameInMemory() {
    for (int seed = 1; seed <= 40; seed++) {
      answersAreTheSameInMemory(TestGroups.itemStages(), RandomHistory.ofItems(seed), seed);
    }
  }

  /** Any windows, filters and aggregations, of numbers and texts. */
  @Test
  void randomFeaturesAreTheSameInMemory() {
    for (int seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      RandomFeatures features = new RandomFeatures(seed);
      FeatureGroup group = features.group();
      TimelineDriver here = new TimelineDriver(group, new InMemoryStateStore(group));
      TimelineDriver there = new TimelineDriver(group, severalFunctions(group, seed));
      long now = TestEvents.NOON;
      List<Event> sent = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        List<Event> events = new ArrayList<>();
        for (int event = random.nextInt(5); event > 0; event--) {
          sent.add(features.event(RandomFeatures.known("e" + sent.size(), now, random)));
          events.add(
              sent.get(random.nextInt(4) == 0 ? random.nextInt(sent.size()) : sent.size() - 1));
        }
        Step step = new Step(now, events);
        assertThat(TimelineDriver.describe(there.at(now, RandomHistory.onTime(there, step))))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(TimelineDriver.describe(here.at(now, RandomHistory.onTime(here, step))));
        now += TestEvents.SECOND / 2 * random.nextInt(12);
      }
    }
  }

  /** Functions that take turns, with caches of what they saw last: some large, one of no size. */
  private static StateStore severalFunctions(FeatureGroup group, int seed) {
    Random random = new Random(seed);
    List<StateStore> functions =
        LongStream.of(Long.MAX_VALUE, 2_000, 0)
            .<StateStore>mapToObj(
                bytes -> RedisStateStore.of(group, REDIS, FOR_EVER, bytes, Metrics.NONE))
            .toList();
    return (changes, now, receiver) ->
        functions.get(random.nextInt(functions.size())).apply(changes, now, receiver);
  }

  private void answersAreTheSameInMemory(FeatureGroup group, RandomHistory history, int seed) {
    TimelineDriver here = new TimelineDriver(group, new InMemoryStateStore(group));
    TimelineDriver there = new TimelineDriver(group, severalFunctions(group, seed));
    for (int i = 0; i < history.steps().size(); i++) {
      Step step = history.steps().get(i);
      var expected = here.at(step.nowMillis(), RandomHistory.onTime(here, step));
      var found = there.at(step.nowMillis(), RandomHistory.onTime(there, step));
      assertThat(TimelineDriver.describe(found))
          .as("seed %d, step %d", seed, i)
          .isEqualTo(TimelineDriver.describe(expected));
    }
  }
}
