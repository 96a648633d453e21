package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Meter;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.subject.ResultStore;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.Trigger;
import dev.freshet.stream.OutgoingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Batches of results of one feature group, which the subscriber brings into the feature store. */
final class ResultWrites {

  /** The number of features of a result. */
  static final int FEATURES = 7;

  /** The number of results in a batch. */
  static final int BATCH = 200;

  private static final int ENTITIES = 2_000;
  private static final int BATCHES_AT_ONCE = 50;
  private static final int ROUNDS = 7;

  private final Random random;
  private long version = OrderLoad.START.toEpochMilli() * 1_000;

  private ResultWrites(long seed) {
    random = new Random(seed);
  }

  /** Returns the cost of a result, in the median of the rounds. */
  static EventCost measure(Workbench bench) {
    bench.tell("results of %d features in batches of %d".formatted(FEATURES, BATCH));
    ResultWrites writes = new ResultWrites(bench.seed());
    try (ResultStore store = ResultStore.ofFreshet(bench.copy().url())) {
      writes.work(bench, store);
      List<EventCost> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        rounds.add(writes.work(bench, store));
      }
      return EventCost.median(rounds);
    } finally {
      bench.copy().clear();
    }
  }

  private EventCost work(Workbench bench, ResultStore store) {
    Meter meter = new Meter(bench.copy());
    while (meter.wallNanos() < bench.extent().point().toNanos()) {
      List<List<OutgoingRecord>> batches = new ArrayList<>();
      for (int i = 0; i < BATCHES_AT_ONCE; i++) {
        batches.add(ResultRecords.of(batch()).records());
      }
      meter.count(BATCHES_AT_ONCE * BATCH);
      meter.measure(() -> batches.forEach(store::handle));
    }
    return meter.cost();
  }

  private List<FeatureResult> batch() {
    List<FeatureResult> results = new ArrayList<>();
    int first = random.nextInt(ENTITIES);
    for (int i = 0; i < BATCH; i++) {
      results.add(result("store-" + (first + 7 * i) % ENTITIES));
    }
    return results;
  }

  private FeatureResult result(String entity) {
    version += random.nextInt(10_000);
    long now = version / 1_000;
    List<FeatureValue> features = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      features.add(new FeatureValue("feature_of_some_minutes_" + i, random.nextInt(100)));
    }
    OptionalLong next = OptionalLong.of(now + random.nextInt(60_000));
    return new FeatureResult(
        "group", "store", entity, version, now, now - 42, next, Trigger.EVENT, features);
  }
}
