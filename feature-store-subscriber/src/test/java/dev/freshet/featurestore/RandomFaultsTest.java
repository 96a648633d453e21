package dev.freshet.featurestore;

import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.AggregatedGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.InMemoryLedger;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.LedgerSums;
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
  private final InMemoryLedger ledger = new InMemoryLedger();
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
      checkLedger();
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
        List.of(
            new AggregatedGroup(group, new InMemoryStateStore(group), unused -> {}, Metrics.NONE)),
        new DirectResults(faulty(Results.stored(redis, clock)), faulty(stream)),
        new FakeSink(),
        Duration.ofDays(1),
        clock,
        new Ledger("f", ledger, line -> Metrics.NONE));
  }

  private ResultSink faulty(ResultSink sink) {
    return new ResultSink() {
      @Override
      public BitSet put(List<FeatureResult> results) {
        throw new AssertionError("the ledger gets no entry");
      }

      @Override
      public BitSet put(List<FeatureResult> results, LedgerEntry entry) {
        BitSet all = new BitSet();
        all.set(0, results.size());
        if (random.nextDouble() < FAULTS / 2) {
          notBegun(sink, results, entry);
          return all; // before the work
        }
        BitSet missing = sink.put(results, entry);
        return random.nextDouble() < FAULTS / 2 ? all : missing; // the answer is lost
      }
    };
  }

  /** Enters what a writer enters when its store does not answer. */
  private static void notBegun(ResultSink sink, List<FeatureResult> results, LedgerEntry entry) {
    if (sink instanceof StoredResults) {
      entry.add(LedgerLine.STORE, Fate.IN, results.size());
      entry.add(LedgerLine.STORE, Fate.UNFINISHED, results.size());
    }
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

  /** The ledger adds up after all faults, and has each record once. */
  private void checkLedger() {
    LedgerReport report =
        LedgerReport.of(List.of(new LedgerSums("f", 0, ledger.sums().get("f"))), NOON, true);
    assertThat(report.missing()).as("%s, seed %d", report, seed).isZero();
    assertThat(report.finished())
        .as("seed %d", seed)
        .containsExactly(new LedgerReport.Finished("f", "item-delivered", EVENTS));
  }

  private FeatureResult newest(String area) {
    return published.stream()
        .filter(result -> result.key().equals(area))
        .max((a, b) -> Long.compare(a.version(), b.version()))
        .orElseThrow();
  }
}
