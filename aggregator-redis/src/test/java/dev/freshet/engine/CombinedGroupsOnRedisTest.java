package dev.freshet.engine;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.Ledger;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.GroupTraffic;
import dev.freshet.testing.RandomFeatures;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that groups of one function, all on Redis, publish what each alone in memory does. */
@Tag("verify")
class CombinedGroupsOnRedisTest {

  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  private static Aggregator aggregator(
      List<FeatureGroup> groups,
      Function<FeatureGroup, StateStore> stores,
      FakeSink results,
      long now) {
    return new Aggregator(
        groups.stream()
            .map(group -> new AggregatedGroup(group, stores.apply(group), at -> {}, Metrics.NONE))
            .toList(),
        new StreamResults(results),
        new FakeSink(),
        TIME_TO_LIVE,
        Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC),
        Ledger.NONE);
  }

  @Test
  void batchesThatTwoInstancesTakeInTurnHaveTheFeaturesOfEachGroupAlone() {
    int compared = 0;
    try (Redis redis = TestRedis.connect();
        Redis other = TestRedis.connect()) {
      for (int seed = 1; seed <= 10; seed++) {
        compared += run(seed, List.of(redis, other));
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static int run(int seed, List<Redis> connections) {
    Random random = new Random(seed);
    List<FeatureGroup> groups =
        List.of(
            TestGroups.demand(),
            new RandomFeatures(seed).group(),
            TestGroups.mixed(),
            TestGroups.onlyMinuteCount());
    FakeSink results = new FakeSink();
    FakeSink expected = new FakeSink();
    List<Aggregator> instances =
        connections.stream()
            .map(
                redis ->
                    aggregator(
                        groups,
                        group -> RedisStateStore.of(group, redis, TIME_TO_LIVE, Metrics.NONE),
                        results,
                        NOON + MINUTE))
            .toList();
    List<Aggregator> alone =
        groups.stream()
            .map(
                group ->
                    aggregator(List.of(group), InMemoryStateStore::new, expected, NOON + MINUTE))
            .toList();
    GroupTraffic traffic = new GroupTraffic(random);
    for (int i = 0; i < 12; i++) {
      List<StreamRecord> batch = traffic.batch("item-created", 1 + random.nextInt(40), NOON);
      Aggregator instance = instances.get(random.nextInt(instances.size()));
      assertThat(instance.process(batch).firstUnfinished()).isEmpty();
      alone.forEach(each -> each.process(batch));
      assertThat(shown(results)).as("seed %d, batch %d", seed, i).isEqualTo(shown(expected));
    }
    return results.results().size();
  }

  /** The results so far without their versions, which count the steps of a partition in Redis. */
  private static List<String> shown(FakeSink sink) {
    return sink.results().stream().map(CombinedGroupsOnRedisTest::shown).sorted().toList();
  }

  private static String shown(FeatureResult result) {
    return "%s %s %s %s %s"
        .formatted(
            result.featureGroup(),
            result.key(),
            result.validUntil(),
            result.eventTime(),
            result.features());
  }
}
