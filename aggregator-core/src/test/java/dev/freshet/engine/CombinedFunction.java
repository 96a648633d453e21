package dev.freshet.engine;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.Ledger;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.CountedMetrics;
import dev.freshet.testing.FakeSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One function with its state, its output and what it counts. */
final class CombinedFunction {

  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  final List<FeatureGroup> groups;
  final List<FlakyStore> stores = new ArrayList<>();
  final List<CountedMetrics> metrics = new ArrayList<>();
  final List<List<NextChanges>> changes = new ArrayList<>();
  final FakeSink results = new FakeSink();
  final FakeSink letters = new FakeSink();
  final Aggregator aggregator;
  private final Clock clock;
  Predicate<FeatureResult> refused = result -> false;

  CombinedFunction(List<FeatureGroup> groups, Clock clock) {
    this.groups = groups;
    this.clock = clock;
    List<AggregatedGroup> aggregated = new ArrayList<>();
    for (FeatureGroup group : groups) {
      FlakyStore store = new FlakyStore(new InMemoryStateStore(group));
      List<NextChanges> woken = new ArrayList<>();
      stores.add(store);
      metrics.add(new CountedMetrics());
      changes.add(woken);
      aggregated.add(
          new AggregatedGroup(
              group, store, each -> wake(each, woken), metrics.get(metrics.size() - 1)));
    }
    aggregator = new Aggregator(aggregated, this::put, letters, TIME_TO_LIVE, clock, Ledger.NONE);
  }

  private static void wake(NextChanges changes, List<NextChanges> woken) {
    if (!changes.equals(new NextChanges())) {
      woken.add(changes);
    }
  }

  private BitSet put(List<FeatureResult> all) {
    BitSet missing = new BitSet();
    IntStream.range(0, all.size()).filter(i -> refused.test(all.get(i))).forEach(missing::set);
    return missing.isEmpty() ? new StreamResults(results).put(all) : missing;
  }

  /** Returns a function of its own for each group. */
  List<CombinedFunction> alone() {
    return groups.stream().map(group -> new CombinedFunction(List.of(group), clock)).toList();
  }

  void processIfRead(String stream, List<StreamRecord> batch) {
    if (groups.stream()
        .flatMap(group -> group.eventTypes().stream())
        .anyMatch(type -> type.stream().equals(stream))) {
      aggregator.process(batch);
    }
  }

  /** Returns what a group published last for each entity. */
  Map<String, FeatureResult> newest(String group) {
    Map<String, FeatureResult> newest = new LinkedHashMap<>();
    results.results().stream()
        .filter(result -> result.featureGroup().equals(group))
        .forEach(result -> newest.put(result.key(), result));
    return newest;
  }

  /** A state store that fails as the test wants it, before or after its steps. */
  static final class FlakyStore implements StateStore {
    private final StateStore store;
    int failing;
    List<String> order = new ArrayList<>();

    FlakyStore(StateStore store) {
      this.store = store;
    }

    @Override
    public void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
      order.add("finish");
      if (failing == 2) {
        store.apply(changes, nowMillis, (index, state) -> {});
      }
      if (failing > 0) {
        throw new StateStoreException("away", null);
      }
      store.apply(changes, nowMillis, receiver);
    }

    @Override
    public Steps begin(List<KeyEvents> changes, long nowMillis) {
      order.add("begin");
      if (failing == 3) {
        throw new StateStoreException("away at once", null);
      }
      return StateStore.super.begin(changes, nowMillis);
    }
  }
}
