package dev.freshet.engine;

import static dev.freshet.metrics.Metric.RECALCULATION_KEYS;
import static dev.freshet.metrics.Metric.RECALCULATION_LAG;
import static dev.freshet.metrics.Metric.RECALCULATION_PAGES;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.STEP_PUBLISH;
import static dev.freshet.metrics.Metric.STEP_STATE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.Trigger;
import dev.freshet.state.DueKeys;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.stream.RecordSink;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Recomputes and publishes, page by page, the keys whose features change because time passes.
 *
 * <p>Settles a key only once its result is acknowledged; a key that fails before that stays due.
 */
public final class Recalculator {

  private static final int PAGE = 1_024;

  private final StateStore store;
  private final DueKeys dueKeys;
  private final FeatureComputer computer;
  private final RecordSink results;
  private final Clock clock;
  private final Metrics metrics;

  public Recalculator(
      FeatureGroup group,
      StateStore store,
      DueKeys dueKeys,
      RecordSink results,
      Clock clock,
      Metrics metrics) {
    this.store = store;
    this.dueKeys = dueKeys;
    this.computer = new FeatureComputer(group);
    this.results = results;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Recomputes due keys until none is due or time is short; does at least one page.
   *
   * @param timeIsShort asked after each page
   * @throws IllegalStateException if a result was not acknowledged; call again
   */
  public void recalculate(BooleanSupplier timeIsShort) {
    do {
      long now = clock.millis();
      List<DueKey> due = dueKeys.due(now, PAGE);
      if (due.isEmpty()) {
        return;
      }
      metrics.times(RECALCULATION_LAG, due.stream().mapToLong(each -> now - each.dueMillis()));
      recalculate(due.stream().map(DueKey::key).toList(), now);
    } while (!timeIsShort.getAsBoolean());
  }

  private void recalculate(List<String> keys, long now) {
    List<KeyEvents> steps = keys.stream().map(key -> new KeyEvents(key, List.of())).toList();
    List<KeyState> states = metrics.timed(STEP_STATE, () -> store.apply(steps, now));
    List<FeatureResult> computed = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      computed.add(computer.compute(keys.get(i), states.get(i), Trigger.RECALCULATION));
    }
    ResultRecords packed = ResultRecords.of(computed);
    BitSet missing =
        packed.results(metrics.timed(STEP_PUBLISH, () -> results.put(packed.records())));
    List<Settled> settled = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      if (!missing.get(i)) {
        settled.add(new Settled(keys.get(i), states.get(i)));
      }
    }
    dueKeys.settle(settled);
    metrics.count(RECALCULATION_PAGES, 1);
    metrics.count(RECALCULATION_KEYS, settled.size());
    metrics.count(RESULTS_PUBLISHED, settled.size());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          missing.cardinality() + " recalculated results were not acknowledged");
    }
  }
}
