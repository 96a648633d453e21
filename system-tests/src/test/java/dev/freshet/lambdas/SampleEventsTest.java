package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.SampleEvents;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that sample events behave like events, under names of their own. */
@Tag("verify")
class SampleEventsTest {

  private static final Instant NOW = Instant.parse("2026-09-21T10:00:00Z");
  private static final Duration SHORT = Duration.ofMinutes(1);

  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();

  @BeforeEach
  void clear() {
    try (Redis redis = TestRedis.connect()) {
      redis.await(redis.pipeline(commands -> commands.flushall()));
    }
  }

  static Stream<FeatureGroup> groups() {
    return Catalogue.load().groups().stream();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void eachIsAnEventOfItsGroup(FeatureGroup group) {
    List<StreamRecord> samples = SampleEvents.of(group, NOW);

    try (Redis redis = TestRedis.connect()) {
      BatchReport report = process(group.priming(), samples, redis);
      assertThat(report.applied()).isEqualTo(group.eventTypes().size());
      assertThat(report.results()).isOne();
      assertThat(report.firstUnfinished()).isEmpty();
    }
  }

  @Test
  void primingLeavesNoStateInItsGroup() {
    FeatureGroup group = CityDemandHandler.FEATURES;

    try (Redis redis = TestRedis.connect()) {
      BatchReport unused = process(group.priming(), SampleEvents.of(group, NOW), redis);
      assertThat(keys(redis)).isNotEmpty().allMatch(key -> key.contains("{city_demand@priming"));
      assertThat(keys(redis)).allMatch(key -> expires(redis, key));
    }
  }

  private BatchReport process(FeatureGroup group, List<StreamRecord> samples, Redis redis) {
    RedisStateStore store =
        RedisStateStore.of(group, redis, SHORT, 1 << 20, new InMemoryArchive(), Metrics.NONE);
    HandClock clock = new HandClock(NOW.toEpochMilli());
    return new Aggregator(
            group,
            store,
            new StreamResults(results),
            deadLetters,
            Duration.ofDays(90),
            clock,
            Metrics.NONE)
        .process(samples);
  }

  private static List<String> keys(Redis redis) {
    List<byte[]> keys = redis.ask(commands -> commands.keys("*"));
    return keys.stream().map(key -> new String(key, UTF_8)).toList();
  }

  private static boolean expires(Redis redis, String key) {
    Long millis = redis.ask(commands -> commands.pttl(key.getBytes(UTF_8)));
    return millis > 0;
  }
}
