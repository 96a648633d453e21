package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Oracle;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.StreamResults;
import dev.freshet.state.DueKeys;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One group with a manual clock, and the last result of each key, like in a feature store. */
final class RecalculatedGroup {

  private final FeatureGroup group;
  final HandClock clock;
  final FakeSink results = new FakeSink();
  final StateStore store;
  final DueKeys dueKeys;
  final Aggregator aggregator;
  private final Recalculator recalculator;
  final Map<String, FeatureResult> last = new HashMap<>();

  RecalculatedGroup(FeatureGroup group, Redis redis, long startMillis) {
    this.group = group;
    this.clock = new HandClock(startMillis);
    this.store = RedisStateStore.of(group, redis, Duration.ofDays(90), Metrics.NONE);
    this.dueKeys = new RedisDueKeys(group, redis);
    this.aggregator =
        new Aggregator(
            group,
            store,
            new StreamResults(results),
            new FakeSink(),
            Duration.ofDays(90),
            clock,
            Metrics.NONE);
    this.recalculator =
        new Recalculator(group, store, dueKeys, new StreamResults(results), clock, Metrics.NONE);
  }

  RecalculatedGroup at(long millis) {
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
    for (FeatureResult result : results.drainResults()) {
      last.merge(result.key(), result, (a, b) -> a.version() >= b.version() ? a : b);
    }
  }

  static StreamRecord record(String json) {
    return new StreamRecord("s", "shardId-0", "1", "k", ByteBuffer.wrap(json.getBytes(UTF_8)));
  }
}
