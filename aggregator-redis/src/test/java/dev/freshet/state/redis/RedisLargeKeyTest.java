package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.contract.RandomHistory;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key that holds thousands of items: the same as in memory, step by step. */
@Tag("containers")
@Tag("verify")
class RedisLargeKeyTest {

  private static final Redis REDIS = TestRedis.shared();
  private static final int STEPS = 60;

  @Test
  void manyItems() {
    for (int seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      check(
          seed,
          TestGroups.itemStages(),
          now -> {
            int item = random.nextInt(2_000);
            long created = NOON + item * 5L * HOUR / 2_000;
            int stage = random.nextInt(4);
            long at = created + (long) stage * random.nextInt(15) * MINUTE;
            return at < now + HOUR ? stage("o" + item, stage, at) : null;
          });
    }
  }

  @Test
  void manyEvents() {
    for (int seed = 11; seed <= 12; seed++) {
      Random random = new Random(seed);
      check(
          seed,
          TestGroups.demand(),
          now -> {
            int event = random.nextInt(4_000);
            long at = NOON + event * 5L * HOUR / 4_000;
            return at < now + HOUR ? value("e" + event, at, event) : null;
          });
    }
  }

  @Test
  void manyEventsThatCancelOut() {
    Random random = new Random(21);
    check(
        21,
        TestGroups.onlyMinuteCount(),
        now -> {
          long minute = now / MINUTE * MINUTE + (random.nextInt(4) - 1) * MINUTE;
          return plain("e" + random.nextInt(300) + "/" + minute, minute);
        });
  }

  private interface Source {
    /** Returns the next event, or null if it would not have arrived yet. */
    Event next(long nowMillis);
  }

  private static void check(int seed, FeatureGroup group, Source source) {
    Random random = new Random(-seed);
    TimelineDriver memory = new TimelineDriver(group, new InMemoryStateStore(group));
    TimelineDriver redis =
        new TimelineDriver(
            group, RedisStateStore.of(group, REDIS, Duration.ofDays(90), Metrics.NONE));
    long now = NOON;
    for (int step = 0; step < STEPS; step++) {
      Event[] events =
          RandomHistory.onTime(memory, new RandomHistory.Step(now, events(random, source, now)));
      assertThat(TimelineDriver.describe(redis.at(now, events)))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(TimelineDriver.describe(memory.at(now, events)));
      now += random.nextInt(6) == 0 ? random.nextInt(20) * MINUTE : random.nextInt(120_000);
    }
  }

  private static List<Event> events(Random random, Source source, long now) {
    List<Event> events = new ArrayList<>();
    int most = random.nextInt(3) == 0 ? 400 : 5;
    for (int i = random.nextInt(most); i >= 0; i--) {
      Event event = source.next(now);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }
}
