package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.kinesis.StreamRecord;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultReader;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every published result of random histories equals the oracle at its own instant. */
class OracleTest {

  private static final long START = 1_790_000_000_000L;

  private static Redis redis;

  @BeforeAll
  static void connect() {
    redis = TestRedis.connect();
  }

  @AfterAll
  static void disconnect() {
    redis.close();
  }

  @Test
  void inMemoryResultsEqualTheOracle() throws IOException {
    for (long seed = 1; seed <= 40; seed++) {
      checkAllGroups(seed, InMemoryStateStore::new);
    }
  }

  @Test
  void redisResultsEqualTheOracle() throws IOException {
    for (long seed = 1; seed <= 12; seed++) {
      redis.await(redis.pipeline(commands -> commands.flushall()));
      checkAllGroups(
          seed, group -> RedisStateStore.of(group, redis, Duration.ofDays(90), Metrics.NONE));
    }
  }

  private static void checkAllGroups(long seed, Function<FeatureGroup, StateStore> stores)
      throws IOException {
    for (FeatureGroup group : Catalogue.GROUPS) {
      new History(seed, group, stores.apply(group)).check();
    }
  }

  /** One random history through the engine of one group. */
  private static final class History {
    private final long seed;
    private final Random random;
    private final FeatureGroup group;
    private final ManualClock clock = new ManualClock(START);
    private final FakeSink results = new FakeSink();
    private final FakeSink deadLetters = new FakeSink();
    private final Aggregator aggregator;
    private final List<OracleEvent> seen = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();

    History(long seed, FeatureGroup group, StateStore store) {
      this.seed = seed;
      this.random = new Random(seed);
      this.group = group;
      this.aggregator = new Aggregator(group, store, results, deadLetters, clock, Metrics.NONE);
    }

    void check() throws IOException {
      List<Arrival> arrivals = new RandomHistory(seed, START).arrivals(40);
      for (int from = 0; from < arrivals.size(); ) {
        int to = Math.min(arrivals.size(), from + 1 + random.nextInt(10));
        process(arrivals.subList(from, to));
        from = to;
      }
      assertThat(deadLetters.drain()).isEmpty();
      assertThat(versions).as("results of %s, seed %d", group, seed).isNotEmpty();
    }

    private void process(List<Arrival> batch) throws IOException {
      clock.set(batch.get(batch.size() - 1).atMillis());
      batch.forEach(arrival -> seen.add(OracleEvent.parse(arrival.json())));
      var report = aggregator.process(batch.stream().map(History::record).toList());
      assertThat(report.firstUnfinished()).isEmpty();
      Oracle oracle = new Oracle(seen);
      for (OutgoingRecord record : results.drain()) {
        check(ResultReader.read(ByteBuffer.wrap(record.data())), oracle);
      }
    }

    private void check(FeatureResult result, Oracle oracle) {
      String what =
          "%s %s at %d, seed %d".formatted(group, result.key(), result.computedAt(), seed);
      assertThat(result.computedAt()).as(what).isEqualTo(clock.millis());
      assertThat(result.version()).as(what).isGreaterThan(versions.getOrDefault(result.key(), 0L));
      versions.put(result.key(), result.version());
      Map<String, Double> expected =
          oracle.features(group.name(), result.key(), result.computedAt());
      assertThat(result.features().stream().map(FeatureValue::name))
          .as(what)
          .containsExactlyElementsOf(expected.keySet());
      for (FeatureValue feature : result.features()) {
        double value = expected.get(feature.name());
        assertThat(feature.value())
            .as("%s of %s", feature.name(), what)
            .isCloseTo(value, within(tolerance(value)));
      }
      if (group.computation() instanceof Computation.OfTimeline) {
        assertThat(result.validUntil())
            .as("valid until, %s", what)
            .isEqualTo(oracle.validUntil(group.name(), result.key(), result.computedAt()));
      } else {
        assertThat(result.validUntil()).isEmpty();
      }
    }

    /** Counts and sums are exact; statistics to what rounding allows. */
    private double tolerance(double value) {
      return group.computation() instanceof Computation.OfTimeline
          ? 0
          : 1e-9 * Math.max(1, Math.abs(value));
    }

    private static StreamRecord record(Arrival arrival) {
      return new StreamRecord(
          "orders", "shardId-0", "1", "key", ByteBuffer.wrap(arrival.json().getBytes(UTF_8)));
    }
  }
}
