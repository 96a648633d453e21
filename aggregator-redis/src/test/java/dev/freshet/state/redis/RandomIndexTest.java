package dev.freshet.state.redis;

import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that the index never has an instant later than the next change, with random events,
 * functions that die after their step, and late recalculations.
 */
@Tag("containers")
@Timeout(120)
@Tag("verify")
class RandomIndexTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";
  private static final int STEPS = 60;

  @Test
  void ofOneWindow() {
    IntStream.rangeClosed(1, 40).forEach(seed -> new Run(TestGroups.onlyMinuteCount(), seed).go());
  }

  @Test
  void ofSeveralWindows() {
    IntStream.rangeClosed(41, 60).forEach(seed -> new Run(TestGroups.demand(), seed).go());
  }

  @Test
  void ofOneStatus() {
    IntStream.rangeClosed(61, 100).forEach(seed -> new Run(oneStatus(), seed).go());
  }

  @Test
  void ofItems() {
    IntStream.rangeClosed(101, 120).forEach(seed -> new Run(TestGroups.itemStages(), seed).go());
  }

  /** Uses a single total, so that many changes cancel out. */
  private static FeatureGroup oneStatus() {
    return FeatureGroup.named(TestGroups.freshName("one_status"))
        .dimension(TestGroups.PLACE)
        .over(
            lookBack(Duration.ofMinutes(10)),
            open("open")
                .since(TestGroups.CREATED)
                .until(TestGroups.DELIVERED, TestGroups.CANCELLED))
        .build();
  }

  private static final class Run {

    private final FeatureGroup group;
    private final int seed;
    private final Random random;
    private final RedisDueKeys index;
    private final List<RedisStateStore> functions;
    private final List<KeyState> read = new ArrayList<>();
    private long now = NOON;

    Run(FeatureGroup group, int seed) {
      this.group = group;
      this.seed = seed;
      this.random = new Random(seed);
      this.index = new RedisDueKeys(group, REDIS);
      this.functions = List.of(store(Long.MAX_VALUE), store(Long.MAX_VALUE), store(0));
    }

    private RedisStateStore store(long cacheBytes) {
      return RedisStateStore.of(group, REDIS, TTL, cacheBytes, Metrics.NONE);
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(2) == 0) {
          takeEvents();
        } else {
          recalculate();
        }
        long next = store(0).apply(change(KEY), now).get(0).validUntilMillis();
        if (next != KeyState.FOREVER) {
          assertThat(index.due(next, 100))
              .as("%s, seed %d, step %d: due by its next change", group, seed, step)
              .extracting(DueKey::key)
              .containsExactly(KEY);
        }
        now += random.nextInt(4) == 0 ? MINUTE / 2 * random.nextInt(10) : 0;
      }
    }

    private void takeEvents() {
      Event[] events =
          IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> event()).toArray(Event[]::new);
      if (random.nextInt(3) == 0) {
        KeyState unused = new SlowFunction(group, REDIS, KEY).step(KEY, now, events);
      }
      read.add(any().apply(change(KEY, events), now).get(0));
    }

    /** Settles a state that was read just now, or some steps ago. */
    private void recalculate() {
      read.add(any().apply(change(KEY), now).get(0));
      KeyState state = read.get(Math.max(0, read.size() - 1 - random.nextInt(3)));
      index.settle(List.of(new Settled(KEY, state)));
    }

    private RedisStateStore any() {
      return functions.get(random.nextInt(functions.size()));
    }

    /**
     * Uses half minutes, so that many changes cancel out; an id may come again with another time.
     */
    private Event event() {
      if (group.eventTypes().size() > 1) {
        long at = now + (random.nextInt(30) - 15) * MINUTE / 2;
        return stage("o" + random.nextInt(12), random.nextInt(group.eventTypes().size()), at);
      }
      String id = "e" + random.nextInt(20);
      long at = now + (random.nextInt(9) - 2) * MINUTE / 2;
      return group.columns().width() == 0 ? plain(id, at) : value(id, at, 1);
    }
  }
}
