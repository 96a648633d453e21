package dev.freshet.state.redis;

import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.transformation.Transformations.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Value;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TestRedis;
import dev.freshet.testing.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server of its own that forgets, and many writers of one key. */
@Tag("containers")
class RedisStateLossTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static TestServer server;
  private static Redis redis;

  @BeforeAll
  static void start() throws IOException {
    server = TestRedis.startServer();
    redis = Redis.at("redis://127.0.0.1:" + server.port(), Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
    server.stop();
  }

  @Test
  void forgottenScriptsAreLoadedAgain() {
    for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
      RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
      for (int i = 0; i < 5; i++) {
        store.apply(change("key", value("e" + i, NOON + i, i)), NOON);
        redis.ask(commands -> commands.scriptFlush());
      }
      KeyState state = store.apply(change("key", value("e4", NOON + 4, 4)), NOON).get(0);
      assertThat(state.newestMillis()).isLessThanOrEqualTo(NOON + 4);
      assertThat(state.tally().duplicates()).isEqualTo(1);
    }
  }

  /**
   * The server is silent nearly as long as is waited for, and once more while a call is repeated.
   */
  @Test
  void repeatedCallsHaveTheirOwnTimeForAnAnswer() throws Exception {
    Duration timeout = Duration.ofSeconds(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Redis impatient = Redis.at("redis://127.0.0.1:" + server.port(), timeout)) {
      FeatureGroup group = TestGroups.lastValues(3);
      RedisStateStore store = RedisStateStore.of(group, impatient, TTL, Metrics.NONE);
      store.apply(change("repeated", value("e", NOON, 1)), NOON);
      redis.ask(commands -> commands.scriptFlush());
      redis.ask(commands -> commands.clientPause(800));
      Future<List<KeyState>> states =
          thread.submit(() -> store.apply(change("repeated", value("f", NOON + 1, 2)), NOON));
      Thread.sleep(200); // the call is with the server before the second silence is
      redis.ask(commands -> commands.clientPause(600));
      assertThat(states.get().get(0).tally().applied()).isEqualTo(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void theVersionGrowsAcrossTheLossOfAllState() {
    for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
      RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
      long before = 0;
      for (int i = 0; i < 5; i++) {
        KeyState state = store.apply(change("key", value("e" + i, NOON, i)), NOON).get(0);
        assertThat(state.version()).isGreaterThan(before);
        before = state.version();
        redis.ask(commands -> commands.flushall());
      }
    }
  }

  @Test
  void theVersionGrowsWhereTheClockIsBehindIt() {
    long ahead = 1L << 52;
    FeatureGroup last = TestGroups.lastValues(3);
    FeatureGroup demand = TestGroups.demand();
    RedisStateStore lists = RedisStateStore.of(last, redis, TTL, Metrics.NONE);
    RedisStateStore timelines = RedisStateStore.of(demand, redis, TTL, Metrics.NONE);
    lists.apply(change("key", value("e", NOON, 1)), NOON);
    timelines.apply(change("key", value("e", NOON, 1)), NOON);
    byte[] values = new StateKeys(last.name()).of("key", "ring");
    byte[] state = redis.ask(commands -> commands.get(values));
    redis.ask(commands -> commands.set(values, withVersion(state, ahead)));
    byte[] items = new StateKeys(demand.name()).of("key", "items");
    byte[] header = redis.ask(commands -> commands.hget(items, new byte[0]));
    redis.ask(commands -> commands.hset(items, new byte[0], withVersion(header, ahead)));
    for (int i = 1; i < 4; i++) {
      List<KeyEvents> same = change("key", value("e", NOON, 1));
      assertThat(lists.apply(same, NOON).get(0).version()).isEqualTo(ahead + i);
      assertThat(timelines.apply(same, NOON).get(0).version()).isEqualTo(ahead + i);
    }
  }

  @Test
  void aGroupThatIsDeclaredAnewGoesOnWithTheEventsItHeld() {
    for (int i = 0; i < 7; i++) { // the ring of five is not where it started
      held(5, value("e" + i, NOON + i, i));
    }
    assertThat(held(8, value("e7", NOON + 7, 7))).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(held(8, value("e8", NOON + 8, 8))).containsExactly(2, 3, 4, 5, 6, 7, 8);
    assertThat(held(3, value("e9", NOON + 9, 9))).containsExactly(7, 8, 9);
    assertThat(held(3, value("e10", NOON + 10, 10))).containsExactly(8, 9, 10);
  }

  private static long[] held(int size, Event event) {
    FeatureGroup group =
        FeatureGroup.named("declared_anew")
            .dimension(new Dimension("courier", "courierId"))
            .reads(new EventType("ORDER_DELIVERED", "order-delivered"))
            .value(Value.amount("totalAmount"))
            .over(lastEvents(size), count())
            .build();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    return ((LastValues) store.apply(change("key", event), NOON).get(0)).valueMicros();
  }

  /** Both kinds of state start with their version. */
  private static byte[] withVersion(byte[] state, long version) {
    ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).putDouble((double) version);
    return state;
  }

  @Test
  void aQueueWhoseItemsAreGoneDoesNotBlockItsKey() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
    store.apply(change("key", value("e", NOON, 1)), NOON);
    redis.ask(commands -> commands.del(new StateKeys(group.name()).of("key", "items")));
    Totals state =
        (Totals) store.apply(change("key", value("f", NOON + MINUTE, 2)), NOON + MINUTE).get(0);
    assertThat(state.totals()).containsExactly(1, 1, 1, 0, 2, 1);
    assertThat(state.validUntilMillis()).isEqualTo(NOON + 2 * MINUTE);
    List<KeyEvents> none = List.of(new KeyEvents("key", List.of()));
    Totals moved = (Totals) store.apply(none, NOON + 2 * MINUTE).get(0);
    assertThat(moved.totals()[0]).as("in the last minute").isZero();
  }

  @Test
  void eightWritersOfOneKeyMakeWhatOneMakes() throws Exception {
    FeatureGroup last = TestGroups.lastValues(50);
    FeatureGroup demand = TestGroups.demand();
    RedisStateStore lists = RedisStateStore.of(last, redis, TTL, Metrics.NONE);
    RedisStateStore timelines = RedisStateStore.of(demand, redis, TTL, Metrics.NONE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<Long>>> running = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      int offset = writer;
      running.add(threads.submit(() -> write(lists, timelines, offset)));
    }
    List<Long> versions = new ArrayList<>();
    for (Future<List<Long>> each : running) {
      versions.addAll(each.get());
    }
    threads.shutdown();
    assertThat(versions).doesNotHaveDuplicates();
    LastValues values = (LastValues) lists.apply(change("k", event(799)), NOON).get(0);
    assertThat(values.valueMicros()).containsExactly(LongStream.range(750, 800).toArray());
    Totals totals = (Totals) timelines.apply(change("k", event(799)), NOON).get(0);
    assertThat(totals.totals()).containsExactly(800, 800, 800, 0, 799 * 800 / 2, 800);
  }

  /** Every event is written by two of the writers. */
  private static List<Long> write(RedisStateStore lists, RedisStateStore timelines, int offset) {
    List<Long> versions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<KeyEvents> changes = change("k", event((offset * 100 + i) % 800));
      versions.add(lists.apply(changes, NOON).get(0).version());
      timelines.apply(changes, NOON);
    }
    return versions;
  }

  private static Event event(int number) {
    return value("e" + number, NOON - 800 + number, number);
  }
}
