package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.RandomHistory.Step;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("containers")
class RedisStateStoreTest extends StateStoreContract {

  private static final Redis REDIS = TestRedis.connect();

  @AfterAll
  static void disconnect() {
    REDIS.close();
  }

  @Override
  public StateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, Duration.ofDays(90), Metrics.NONE);
  }

  @Test
  void randomDemandIsTheSameInMemory() {
    for (int seed = 1; seed <= 25; seed++) {
      answersAreTheSameInMemory(TestGroups.demand(), RandomHistory.ofDemand(seed), seed);
    }
  }

  @Test
  void randomOrdersAreTheSameInMemory() {
    for (int seed = 1; seed <= 40; seed++) {
      answersAreTheSameInMemory(TestGroups.orderStages(), RandomHistory.ofOrders(seed), seed);
    }
  }

  private void answersAreTheSameInMemory(FeatureGroup group, RandomHistory history, int seed) {
    TimelineDriver here = new TimelineDriver(group, new InMemoryStateStore(group));
    TimelineDriver there = new TimelineDriver(group, store(group));
    for (int i = 0; i < history.steps().size(); i++) {
      Step step = history.steps().get(i);
      var expected = here.at(step.nowMillis(), RandomHistory.onTime(here, step));
      var found = there.at(step.nowMillis(), RandomHistory.onTime(there, step));
      assertThat(found)
          .usingRecursiveComparison()
          .ignoringFields("version")
          .as("seed %d, step %d", seed, i)
          .isEqualTo(expected);
    }
  }
}
