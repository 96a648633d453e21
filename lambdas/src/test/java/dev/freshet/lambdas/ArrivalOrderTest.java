package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.kinesis.StreamRecord;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultReader;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.ManualClock;
import dev.freshet.testing.RandomHistory;
import dev.freshet.testing.RandomHistory.Arrival;
import dev.freshet.testing.TestRedis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same events in another order, in other batches and twice give the same features. */
class ArrivalOrderTest {

  private static final long START = 1_790_000_000_000L;
  private static final long END = START + 200 * 60_000;

  @Test
  void shuffledAndDuplicatedEventsGiveTheSameFeatures() throws IOException {
    try (Redis redis = TestRedis.connect()) {
      for (long seed = 1; seed <= 5; seed++) {
        List<String> events =
            new RandomHistory(seed, START).arrivals(60).stream().map(Arrival::json).toList();
        List<String> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(shuffled, new Random(seed));
        for (FeatureGroup group : Catalogue.GROUPS) {
          Map<String, FeatureResult> expected = lastResults(redis, group, events, 500);
          assertThat(expected).isNotEmpty();
          assertThat(lastResults(redis, group, shuffled, 7))
              .as("%s, seed %d", group, seed)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** The last result of each key, but for its version. */
  private static Map<String, FeatureResult> lastResults(
      Redis redis, FeatureGroup group, List<String> events, int batchSize) throws IOException {
    redis.await(redis.pipeline(commands -> commands.flushall()));
    FakeSink results = new FakeSink();
    Aggregator aggregator =
        new Aggregator(
            group,
            RedisStateStore.of(group, redis, Duration.ofDays(90), Metrics.NONE),
            results,
            new FakeSink(),
            new ManualClock(END),
            Metrics.NONE);
    for (int from = 0; from < events.size(); from += batchSize) {
      aggregator.process(
          events.subList(from, Math.min(events.size(), from + batchSize)).stream()
              .map(ArrivalOrderTest::record)
              .toList());
    }
    Map<String, FeatureResult> last = new HashMap<>();
    for (OutgoingRecord record : results.drain()) {
      FeatureResult result = ResultReader.read(ByteBuffer.wrap(record.data()));
      last.put(result.key(), withoutVersion(result));
    }
    return last;
  }

  private static FeatureResult withoutVersion(FeatureResult result) {
    return new FeatureResult(
        result.featureGroup(),
        result.dimension(),
        result.key(),
        0,
        result.computedAt(),
        result.eventTime(),
        result.validUntil(),
        result.trigger(),
        result.features());
  }

  private static StreamRecord record(String json) {
    return new StreamRecord(
        "orders", "shardId-0", "1", "key", ByteBuffer.wrap(json.getBytes(UTF_8)));
  }
}
