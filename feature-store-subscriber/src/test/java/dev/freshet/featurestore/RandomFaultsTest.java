package dev.freshet.featurestore;

import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * A function that writes directly, while feature store and stream fail at random, before or after
 * their work: its batches come again until they are done.
 */
@Tag("verify")
class RandomFaultsTest {

  private static final int EVENTS = 200;
  private static final int AREAS = 5;
  private static final double FAULTS = 0.4;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final FeatureGroup group = TestGroups.demand();
  private final String run = Results.freshKey();
  private final List<FeatureResult> published = new ArrayList<>();

  @RepeatedTest(20)
  void noEventIsLostOrCountsTwiceInEither() {
    try (Redis redis = TestRedis.connect()) {
      Aggregator function = function(redis);
      Map<String, Integer> expected = new HashMap<>();
      int done = 0;
      List<StreamRecord> shard = shard(expected);
      while (done < shard.size()) {
        int end = Math.min(shard.size(), done + 1 + random.nextInt(20));
        List<StreamRecord> batch = shard.subList(done, end);
        done += function.process(batch).done();
      }
      check(expected);
    }
  }

  private Aggregator function(Redis redis) {
    HandClock clock = new HandClock(NOON);
    ResultSink stream =
        results -> {
          published.addAll(results);
          return new BitSet();
        };
    return new Aggregator(
        group,
        new InMemoryStateStore(group),
        new DirectResults(faulty(Results.stored(redis, clock)), faulty(stream)),
        new FakeSink(),
        Duration.ofDays(1),
        clock,
        Metrics.NONE);
  }

  private ResultSink faulty(ResultSink sink) {
    return results -> {
      BitSet all = new BitSet();
      all.set(0, results.size());
      if (random.nextDouble() < FAULTS / 2) {
        return all; // before the work
      }
      BitSet missing = sink.put(results);
      return random.nextDouble() < FAULTS / 2 ? all : missing; // the answer is lost
    };
  }

  private List<StreamRecord> shard(Map<String, Integer> expected) {
    List<StreamRecord> shard = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String area = run + "/" + random.nextInt(AREAS);
      expected.merge(area, 1, Integer::sum);
      shard.add(
          event("ITEM_CREATED", "e" + i, NOON)
              .with("areaCode", quoted(area))
              .with("totalAmount", "1")
              .record(Integer.toString(i)));
    }
    return shard;
  }

  private void check(Map<String, Integer> expected) {
    try (FeatureStoreReader reader = FeatureStoreReader.connect(TestRedis.url())) {
      expected.forEach(
          (area, events) -> {
            String prefix = group.name() + ":";
            Map<String, String> stored = reader.readAll("area", area);
            assertThat(stored).as("seed %d", seed).containsValue(Integer.toString(events));
            FeatureResult newest = newest(area);
            assertThat(stored)
                .as("seed %d", seed)
                .containsEntry(prefix + "@version", Long.toString(newest.version()));
            newest
                .features()
                .forEach(
                    each ->
                        assertThat(Double.parseDouble(stored.get(prefix + each.name())))
                            .as("%s, seed %d", each.name(), seed)
                            .isEqualTo(each.value()));
          });
    }
  }

  private FeatureResult newest(String area) {
    return published.stream()
        .filter(result -> result.key().equals(area))
        .max((a, b) -> Long.compare(a.version(), b.version()))
        .orElseThrow();
  }
}
