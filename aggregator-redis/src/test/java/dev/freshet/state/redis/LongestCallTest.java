package dev.freshet.state.redis;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.testing.TestEvents.HOUR;
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
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests how long one call blocks the server for the largest entities, by the server's slow log. */
@Tag("nightly")
@Tag("verify")
class LongestCallTest {

  private static final long MOST_MICROS = 10_000;

  /** A busy machine may interrupt the server during a call, but not during many. */
  private static final int MOST_INTERRUPTED = 2;

  private static final Duration TTL = Duration.ofDays(90);
  private static final int ITEMS = 100_000;
  private static final int BATCH = 100;
  private static final int PAIRS = 4_000;
  private static final long SEED = 16;

  private TestServer server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer("slowlog-log-slower-than 500", "slowlog-max-len 100000");
    redis = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  /**
   * An hour of an area without a recalculation: three functions, one of which remembers nothing.
   */
  @Test
  void ofAnAreaOfAHundredThousandItems() {
    FeatureGroup area = TestGroups.demand();
    List<RedisStateStore> functions =
        List.of(store(area, Long.MAX_VALUE), store(area, Long.MAX_VALUE), store(area, 0));
    Random random = new Random(SEED);
    KeyState last = null;
    for (int from = 0; from < ITEMS; from += BATCH) {
      long now = NOON + HOUR * (from + BATCH - 1) / ITEMS;
      Event[] batch = new Event[BATCH];
      for (int i = 0; i < BATCH; i++) {
        int item = from + i;
        batch[i] = value(new UUID(random.nextLong(), item).toString(), at(item), 12_500_000);
      }
      boolean forgets = from % (50 * BATCH) == 0;
      last = functions.get(forgets ? 2 : from / BATCH % 2).apply(change("c", batch), now).get(0);
    }
    assertThat(numbers(last)[2]).isEqualTo(ITEMS);
    report("100,000 items of an area");
  }

  private static long at(int item) {
    return NOON + HOUR * item / ITEMS;
  }

  /** Each pair is 30 minutes apart: one enters the window as the other leaves. */
  @Test
  void ofChangesThatCancelOut() {
    FeatureGroup group =
        FeatureGroup.named(TestGroups.freshName("cancelling"))
            .dimension(TestGroups.AREA)
            .reads(TestGroups.ITEM_DELIVERED)
            .over(minutes(30), count("delivered"))
            .build();
    RedisStateStore store = store(group, Long.MAX_VALUE);
    List<Event> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(plain("a" + i, NOON + i));
      pairs.add(plain("b" + i, NOON + 30 * MINUTE + i));
    }
    store.apply(change("c", pairs.toArray(Event[]::new)), NOON + PAIRS);
    long start = System.nanoTime();
    KeyState state = store.apply(change("c", plain("c", NOON)), NOON + PAIRS).get(0);
    long micros = (System.nanoTime() - start) / 1_000;
    System.out.printf("4,000 pairs that cancel out: a step takes %,d µs%n", micros);
    assertThat(numbers(state)).containsExactly(PAIRS + 1);
    assertThat(state.validUntilMillis()).isEqualTo(NOON + 30 * MINUTE);
    report("4,000 pairs that cancel out");
  }

  private RedisStateStore store(FeatureGroup group, long cacheBytes) {
    return RedisStateStore.of(group, redis, TTL, cacheBytes, Metrics.NONE);
  }

  private void report(String what) {
    List<Object> slow = redis.ask(commands -> commands.slowlogGet(100_000));
    List<Long> micros =
        slow.stream()
            .map(entry -> (Long) ((List<?>) entry).get(2))
            .sorted(Comparator.reverseOrder())
            .toList();
    System.out.printf(
        "%s: longest calls in µs: %s; over 0.5 ms: %d%n",
        what, micros.stream().limit(5).toList(), micros.size());
    assertThat(micros.stream().filter(each -> each > MOST_MICROS))
        .hasSizeLessThanOrEqualTo(MOST_INTERRUPTED);
  }
}
