package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.benchmarks.subject.ResultStore;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** One instance of each function, and of the subscriber unless functions write themselves. */
final class Instance implements AutoCloseable {

  private final Engine engine;
  private final ResultStore subscriber;
  private List<OutgoingRecord> results = new ArrayList<>();

  private Instance(Function<RecordSink, Engine> engine, ResultStore subscriber) {
    this.engine = engine.apply(this::hold);
    this.subscriber = subscriber;
  }

  /**
   * @param among how many instances share the memory of this process
   */
  static Instance of(Stores stores, List<FeatureGroup> groups, int among) {
    String state = stores.state().url();
    String features = stores.features().url();
    return stores.isDirect()
        ? new Instance(
            sink -> Engine.direct(among, state, features, groups, sink),
            new ResultStore(results -> {}, () -> {}))
        : new Instance(
            sink -> Engine.of(among, state, groups, sink), ResultStore.ofFreshet(features));
  }

  private BitSet hold(List<OutgoingRecord> records) {
    results.addAll(records);
    return new BitSet(0);
  }

  /** Turns a batch of events into features in the feature store. */
  void handle(Delivery batch) {
    aggregate(batch);
    store();
  }

  /** Turns events into results, which wait to be stored. */
  void aggregate(Delivery batch) {
    engine.handle(batch, nanos -> {});
  }

  /** Stores the results that wait; returns them. */
  List<OutgoingRecord> store() {
    List<OutgoingRecord> stored = results;
    results = new ArrayList<>();
    subscriber.handle(stored);
    return stored;
  }

  @Override
  public void close() {
    engine.close();
    subscriber.close();
  }
}
