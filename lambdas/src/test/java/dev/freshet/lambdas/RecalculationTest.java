package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.kinesis.StreamRecord;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultReader;
import dev.freshet.result.Trigger;
import dev.freshet.state.DueKeys;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.ManualClock;
import dev.freshet.testing.Oracle;
import dev.freshet.testing.OracleEvent;
import dev.freshet.testing.RandomHistory;
import dev.freshet.testing.RandomHistory.Arrival;
import dev.freshet.testing.TestRedis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time alone moves the features: every one is right at every instant. */
class RecalculationTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static Redis redis;

  @BeforeAll
  static void connect() {
    redis = TestRedis.connect();
  }

  @AfterAll
  static void disconnect() {
    redis.close();
  }

  @BeforeEach
  void clear() {
    redis.await(redis.pipeline(commands -> commands.flushall()));
  }

  @Test
  void anOrderLeavesItsWindowExactlyAtItsEnd() throws IOException {
    Subject stores = new Subject(StoreOrdersHandler.FEATURES);
    stores.at(START + MINUTE).process(created("o1", START + MINUTE));
    assertThat(stores.features("7")).containsEntry("created_10m", 1.0);

    stores.at(START + 11 * MINUTE - 1).recalculate();
    assertThat(stores.features("7")).containsEntry("created_10m", 1.0);

    stores.at(START + 11 * MINUTE).recalculate();
    assertThat(stores.features("7"))
        .containsEntry("created_10m", 0.0)
        .containsEntry("created_30m", 1.0);
    assertThat(stores.last.get("7").trigger()).isEqualTo(Trigger.RECALCULATION);
  }

  @Test
  void whenEveryWindowIsEmptyZerosArePublishedAndTheStateIsGone() throws IOException {
    Subject cities = new Subject(CityDemandHandler.FEATURES);
    cities.at(START).process(created("o1", START));
    cities.at(START + 60 * MINUTE).recalculate();
    assertThat(cities.features("c"))
        .containsEntry("created_60m", 0.0)
        .containsEntry("amount_sum_60m", 0.0)
        .doesNotContainKey("amount_mean_60m");
    assertThat(cities.last.get("c").validUntil()).isEmpty();
    assertThat(cities.dueKeys.next()).isEmpty();
    var keys = redis.pipeline(commands -> commands.keys("state:*:c:*"));
    redis.await(keys);
    assertThat(keys.toCompletableFuture().join()).isEmpty();
  }

  @Test
  void randomHistoriesEqualTheOracleAtRandomInstants() throws IOException {
    int checks = 0;
    for (long seed = 1; seed <= 14; seed++) {
      for (FeatureGroup group :
          List.of(
              StoreOrdersHandler.FEATURES,
              CityOrdersHandler.FEATURES,
              CityDemandHandler.FEATURES)) {
        clear();
        checks += checkHistory(seed, new Subject(group));
      }
    }
    assertThat(checks).isGreaterThan(10_000);
  }

  /** After each batch, and at random instants in between, every key seen so far is right. */
  private static int checkHistory(long seed, Subject subject) throws IOException {
    Random random = new Random(seed);
    List<OracleEvent> seen = new ArrayList<>();
    int checks = 0;
    for (Arrival arrival : new RandomHistory(seed, START).arrivals(25)) {
      long quiet = Math.max(0, arrival.atMillis() - subject.clock.millis());
      subject.at(subject.clock.millis() + (long) (quiet * random.nextDouble())).recalculate();
      checks += subject.check(new Oracle(seen), "seed " + seed);
      subject.at(Math.max(subject.clock.millis(), arrival.atMillis())).process(arrival.json());
      seen.add(OracleEvent.parse(arrival.json()));
    }
    for (int hour = 0; hour < 6; hour++) {
      subject.at(subject.clock.millis() + random.nextInt(3_600_000)).recalculate();
      checks += subject.check(new Oracle(seen), "seed " + seed);
    }
    assertThat(subject.dueKeys.next()).as("seed %d", seed).isEmpty();
    return checks;
  }

  @Test
  void aResultThatWasNotAcknowledgedIsPublishedByTheNextRecalculation() throws IOException {
    Subject cities = new Subject(CityDemandHandler.FEATURES);
    cities.at(START).process(created("o1", START));
    cities.results.refuse("city:c");
    cities.at(START + MINUTE);
    assertThatIllegalStateException().isThrownBy(cities::recalculate);

    cities.results.refuse();
    cities.recalculate();
    assertThat(cities.features("c")).containsEntry("created_1m", 0.0);
  }

  @Test
  void aCrashBetweenRecomputingAndPublishingOnlyRepeatsWork() throws IOException {
    Subject cities = new Subject(CityDemandHandler.FEATURES);
    cities.at(START).process(created("o1", START));
    cities.store.apply(List.of(new KeyEvents("c", List.of())), START + MINUTE);

    cities.at(START + MINUTE).recalculate();
    assertThat(cities.features("c")).containsEntry("created_1m", 0.0);
  }

  /** Time alone would never change this key. Found by the random histories. */
  @Test
  void aResultThatWasLostWithItsFunctionIsPublishedThoughItsEventIsLateByThen() throws IOException {
    Subject cities = new Subject(CityOrdersHandler.FEATURES);
    String cancelled = cancelled("o1", START);
    cities.at(START).results.refuse("city:c");
    assertThat(cities.aggregator.process(List.of(Subject.record(cancelled))).firstUnfinished())
        .hasValue(0);

    cities.results.refuse();
    cities.at(START + 6 * 60 * MINUTE).process(cancelled);
    assertThat(cities.last).as("late").isEmpty();
    cities.recalculate();
    assertThat(cities.features("c")).containsEntry("undelivered", 0.0);
  }

  @Test
  void anEventBetweenRecomputingAndSettlingKeepsItsOwnDueInstant() throws IOException {
    Subject cities = new Subject(CityDemandHandler.FEATURES);
    cities.at(START).process(created("o1", START));
    var stale = cities.store.apply(List.of(new KeyEvents("c", List.of())), START + MINUTE).get(0);
    cities.at(START + MINUTE).process(created("o2", START + MINUTE));
    cities.dueKeys.settle(List.of(new DueKeys.Settled("c", stale.version(), OptionalLong.empty())));
    assertThat(cities.dueKeys.next()).hasValue(START + 2 * MINUTE);
  }

  @Test
  @Tag("nightly")
  void aHundredThousandKeysOfOneSecondAreAllRecomputed() throws IOException {
    Subject stores = new Subject(StoreOrdersHandler.FEATURES);
    stores.at(START);
    List<StreamRecord> batch = new ArrayList<>();
    for (int store = 0; store < 100_000; store++) {
      batch.add(Subject.record(created("o" + store, START).replace("\"7\"", "\"s" + store + "\"")));
      if (batch.size() == 5_000) {
        stores.aggregator.process(batch);
        batch.clear();
      }
    }
    stores.drain();
    long start = System.nanoTime();
    stores.at(START + 5 * MINUTE).recalculate();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.println("100,000 due keys recomputed in " + millis + " ms");
    assertThat(stores.last.values())
        .filteredOn(result -> result.trigger() == Trigger.RECALCULATION)
        .hasSize(100_000);
    assertThat(stores.dueKeys.next()).hasValue(START + 10 * MINUTE);
  }

  private static String created(String order, long at) {
    return ("{\"eventId\":\"%s-created\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":%d,"
            + "\"orderId\":\"%s\",\"storeId\":\"7\",\"cityCode\":\"c\",\"totalAmount\":2.5}")
        .formatted(order, at, order);
  }

  private static String cancelled(String order, long at) {
    return ("{\"eventId\":\"%s-cancelled\",\"eventType\":\"ORDER_CANCELLED\",\"occurredAt\":%d,"
            + "\"orderId\":\"%s\",\"storeId\":\"7\",\"cityCode\":\"c\"}")
        .formatted(order, at, order);
  }

  /** One group with a clock to set, and the last result of each key as a feature store keeps it. */
  private static final class Subject {
    private final FeatureGroup group;
    private final ManualClock clock = new ManualClock(START);
    private final FakeSink results = new FakeSink();
    private final StateStore store;
    private final DueKeys dueKeys;
    private final Aggregator aggregator;
    private final Recalculator recalculator;
    private final Map<String, FeatureResult> last = new HashMap<>();

    Subject(FeatureGroup group) {
      this.group = group;
      this.store = RedisStateStore.of(group, redis, Duration.ofDays(90), Metrics.NONE);
      this.dueKeys = new RedisDueKeys(group, redis);
      this.aggregator = new Aggregator(group, store, results, new FakeSink(), clock, Metrics.NONE);
      this.recalculator = new Recalculator(group, store, dueKeys, results, clock, Metrics.NONE);
    }

    Subject at(long millis) {
      clock.set(millis);
      return this;
    }

    void process(String json) throws IOException {
      assertThat(aggregator.process(List.of(record(json))).firstUnfinished()).isEmpty();
      drain();
    }

    void recalculate() throws IOException {
      recalculator.recalculate(() -> false);
      drain();
    }

    Map<String, Double> features(String key) {
      return last.get(key).features().stream()
          .collect(Collectors.toMap(FeatureValue::name, FeatureValue::value));
    }

    int check(Oracle oracle, String what) {
      for (String key : last.keySet()) {
        assertThat(features(key))
            .as("%s %s at %d, %s", group, key, clock.millis(), what)
            .isEqualTo(oracle.features(group.name(), key, clock.millis()));
        assertThat(last.get(key).validUntil())
            .as("valid until of %s %s at %d, %s", group, key, clock.millis(), what)
            .isEqualTo(oracle.validUntil(group.name(), key, clock.millis()));
      }
      return last.size();
    }

    void drain() throws IOException {
      for (OutgoingRecord record : results.drain()) {
        FeatureResult result = ResultReader.read(ByteBuffer.wrap(record.data()));
        last.merge(result.key(), result, (a, b) -> a.version() >= b.version() ? a : b);
      }
    }

    static StreamRecord record(String json) {
      return new StreamRecord("s", "shardId-0", "1", "k", ByteBuffer.wrap(json.getBytes(UTF_8)));
    }
  }
}
