package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.heldMicros;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a server that loses scripts and data, and many writers of one key. */
@Tag("containers")
@Tag("verify")
class RedisStateLossTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static TestServer server;
  private static Redis redis;

  @BeforeAll
  static void start() throws IOException {
    server = TestRedis.startServer();
    redis = server.connect(Duration.ofSeconds(30));
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

  /** The server is silent for over half of the timeout, and again while a call is repeated. */
  @Test
  void repeatedCallsHaveTheirOwnTimeForAnAnswer() throws Exception {
    Duration timeout = Duration.ofSeconds(6);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Redis impatient = server.connect(timeout)) {
      FeatureGroup group = TestGroups.lastValues(3);
      RedisStateStore store = RedisStateStore.of(group, impatient, TTL, Metrics.NONE);
      store.apply(change("repeated", value("e", NOON, 1)), NOON);
      redis.ask(commands -> commands.scriptFlush());
      redis.ask(commands -> commands.clientPause(3_500));
      Future<List<KeyState>> states =
          thread.submit(() -> store.apply(change("repeated", value("f", NOON + 1, 2)), NOON));
      // long enough for the call to be with the server before the second silence is
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> states.get(2, TimeUnit.SECONDS));
      redis.ask(commands -> commands.clientPause(3_500));
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
  void theVersionGrowsWhereTheServersTimeIsBehindIt() {
    long ahead = 1L << 52;
    for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
      RedisStateStore store = RedisStateStore.of(group, redis, TTL, Metrics.NONE);
      store.apply(change("key", value("e", NOON, 1)), NOON);
      StateKeys keys = new StateKeys(group.name());
      byte[] clock = keys.clock(keys.partition("key"));
      byte[] found = redis.ask(commands -> commands.get(clock));
      redis.ask(commands -> commands.set(clock, withVersion(found, ahead)));
      for (int i = 1; i < 4; i++) {
        List<KeyEvents> same = change("key", value("e", NOON, 1));
        assertThat(store.apply(same, NOON).get(0).version()).isEqualTo(ahead + i);
      }
    }
  }

  /** A clock starts with its version. */
  private static byte[] withVersion(byte[] clock, long version) {
    ByteBuffer.wrap(clock).order(ByteOrder.LITTLE_ENDIAN).putDouble((double) version);
    return clock;
  }

  @Test
  void eightWritersOfOneKeyGiveTheResultOfOne() throws Exception {
    FeatureGroup last = TestGroups.heldValues(50);
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
    KeyState values = lists.apply(change("k", event(799)), NOON).get(0);
    assertThat(heldMicros(values)).containsExactly(LongStream.range(750, 800).toArray());
    KeyState totals = timelines.apply(change("k", event(799)), NOON).get(0);
    double sum = 799 * 800 / 2 / 1e6;
    assertThat(numbers(totals)).containsExactly(800, 800, 800, sum, sum / 800);
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
