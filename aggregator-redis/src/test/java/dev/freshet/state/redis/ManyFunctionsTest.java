package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests functions that work on one entity at once, each with its own cache. */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class ManyFunctionsTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  /**
   * Every step adds one event, so the result of the nth version has n events, or more if its
   * function had to read twice.
   */
  @Test
  void aGreaterVersionIncludesTheEventsOfSmallerOnes() throws Exception {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<List<KeyState>>> running = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "f" + i + "/";
      RedisStateStore function = store(group, i % 3 == 0 ? 0 : Long.MAX_VALUE);
      running.add(threads.submit(() -> steps(function, name)));
    }
    List<KeyState> states = new ArrayList<>();
    for (Future<List<KeyState>> each : running) {
      states.addAll(each.get());
    }
    threads.shutdown();
    states.sort(Comparator.comparingLong(KeyState::version));
    List<Integer> counts = states.stream().map(state -> (int) state.features().number(0)).toList();
    assertThat(counts).isSorted();
    for (int i = 0; i < counts.size(); i++) {
      assertThat(counts.get(i))
          .as("version %d of %s", i + 1, counts)
          .isBetween(i + 1, counts.size());
    }
  }

  private static List<KeyState> steps(RedisStateStore function, String name) {
    return IntStream.range(0, 200)
        .mapToObj(i -> function.apply(change(KEY, plain(name + i, NOON)), NOON).get(0))
        .toList();
  }

  @Test
  void timeNeverGoesBackBetweenFunctionsWhoseClocksDiffer() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore ahead = store(group, Long.MAX_VALUE);
    RedisStateStore behind = store(group, Long.MAX_VALUE);
    ahead.apply(change(KEY, value("a", NOON, 1)), NOON);
    behind.apply(change(KEY, value("b", NOON, 1)), NOON);
    KeyState later = ahead.apply(change(KEY), NOON + MINUTE).get(0);
    assertThat(numbers(later)).startsWith(0, 2, 2);
    for (RedisStateStore each : List.of(behind, store(group, 0))) {
      KeyState state = each.apply(change(KEY), NOON + 1).get(0);
      assertThat(state.asOfMillis()).isEqualTo(NOON + MINUTE);
      assertThat(numbers(state)).startsWith(0, 2, 2);
      assertThat(state.version()).isGreaterThan(later.version());
    }
  }

  /** Also for another entity of the partition, which the function ahead has not written. */
  @Test
  void timeNeverGoesBackForAnEntityThatOneFunctionOnlySaw() {
    FeatureGroup group = TestGroups.demand();
    StateKeys keys = new StateKeys(group.name());
    String neighbour =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "neighbour" + i)
            .filter(each -> keys.partition(each) == keys.partition(KEY))
            .findFirst()
            .orElseThrow();
    store(group, 0).apply(change(neighbour, value("a", NOON, 1)), NOON + MINUTE);
    KeyState state = store(group, 0).apply(change(KEY, value("a", NOON, 1)), NOON).get(0);
    assertThat(state.asOfMillis()).isEqualTo(NOON + MINUTE);
    assertThat(numbers(state)).startsWith(0, 1, 1);
  }

  /** Functions start and stop, with caches of any size, and may lose their cache at any time. */
  @Test
  void cachesMayBeDroppedAtAnyTime() {
    for (int seed = 1; seed <= 10; seed++) {
      dropAtRandom(TestGroups.demand(), seed);
      dropAtRandom(TestGroups.heldValues(20), seed);
      dropAtRandom(TestGroups.mixed(), seed);
    }
  }

  private static void dropAtRandom(FeatureGroup group, int seed) {
    Random random = new Random(seed);
    StateStore memory = new InMemoryStateStore(group);
    RedisStateStore[] functions = new RedisStateStore[3];
    long now = NOON;
    for (int step = 0; step < 120; step++) {
      int next = random.nextInt(functions.length);
      if (functions[next] == null || random.nextInt(8) == 0) {
        functions[next] = store(group, random.nextInt(3) * 3_000L);
      }
      List<KeyEvents> changes = batch(now, random);
      assertThat(describe(functions[next].apply(changes, now)))
          .as("%s, seed %d, step %d", group, seed, step)
          .isEqualTo(describe(memory.apply(changes, now)));
      now += random.nextInt((int) MINUTE);
    }
  }

  /** Events of one to three entities. */
  private static List<KeyEvents> batch(long now, Random random) {
    return IntStream.range(0, 1 + random.nextInt(3))
        .mapToObj(i -> new KeyEvents(KEY + i, events(now, random)))
        .toList();
  }

  private static List<Event> events(long now, Random random) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(
            i -> {
              int number = random.nextInt(200);
              long at = now - now % (10 * MINUTE) + number * 1_000L - 3 * MINUTE;
              return value("e" + number + "/" + at, at, number);
            })
        .toList();
  }

  private static List<String> describe(List<KeyState> states) {
    return states.stream().map(TimelineDriver::describe).toList();
  }

  private static RedisStateStore store(FeatureGroup group, long cacheBytes) {
    return RedisStateStore.of(group, REDIS, TTL, cacheBytes, Metrics.NONE);
  }
}
