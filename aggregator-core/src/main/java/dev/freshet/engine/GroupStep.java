package dev.freshet.engine;

import static dev.freshet.metrics.Metric.FRESHNESS_PUBLISHED;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.STEP_COMPUTE;
import static dev.freshet.metrics.Metric.STEP_STATE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one feature group in a batch: store, evict, compute. */
final class GroupStep {

  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);

  private final FeatureGroup group;
  private final StateStore store;
  private final Metrics metrics;
  private final FeatureComputer computer;
  private final List<KeyEvents> changes;
  private final BatchProgress progress;
  private BitSet missing = new BitSet();
  private final Stopwatch storing;
  private List<FeatureResult> results = List.of();
  private StateStore.Steps steps;

  GroupStep(AggregatedGroup aggregated, FeatureComputer computer, Batch batch) {
    this.group = aggregated.group();
    this.store = aggregated.store();
    this.metrics = aggregated.metrics();
    this.computer = computer;
    this.changes = batch.changes();
    this.progress = new BatchProgress(batch);
    this.storing = metrics.stopwatch(STEP_STATE);
  }

  /** Begins to store the events, so that several groups wait for their stores together. */
  void begin(long nowMillis) {
    if (!changes.isEmpty()) {
      attempt(() -> steps = store.begin(changes, nowMillis));
    }
  }

  /** Computes features of finished keys while the state store still works on others. */
  void finish(long nowMillis) {
    if (steps != null) {
      attempt(() -> results = computed(nowMillis));
    }
    storing.stop();
  }

  private void attempt(Runnable work) {
    try {
      storing.run(work);
    } catch (StateStoreException e) {
      LOG.warn("{}: {}", group, e.getMessage());
      metrics.count(REDIS_ERRORS, 1);
      progress.nothingStored();
    }
  }

  private List<FeatureResult> computed(long nowMillis) {
    FeatureResult[] computed = new FeatureResult[changes.size()];
    Stopwatch computing = metrics.stopwatch(STEP_COMPUTE);
    steps.finish(
        (index, state) -> {
          String key = changes.get(index).key();
          progress.stored(index, state);
          computing.run(() -> computed[index] = computer.compute(key, state, Trigger.EVENT));
        });
    computing.stop();
    requireEach(computed);
    if (group.hasHistory()) {
      long archived = nowMillis + Archive.LONGEST_DELAY.toMillis();
      changes.forEach(each -> progress.dueAt(each.key(), archived));
    }
    return Arrays.asList(computed);
  }

  /** Refuses to go on without a result for each key: its events would be done without one. */
  private void requireEach(FeatureResult[] computed) {
    for (int i = 0; i < computed.length; i++) {
      if (computed[i] == null) {
        throw new StateStoreException(
            "the state store finished without an answer for %s".formatted(changes.get(i).key()),
            null);
      }
    }
  }

  /** The results to publish; none if the state store failed. */
  List<FeatureResult> results() {
    return results;
  }

  /**
   * Notes the outcome of publishing.
   *
   * @param missing the indexes of results that were not acknowledged
   */
  void published(BitSet missing, long nowMillis) {
    this.missing = missing;
    progress.published(results.size(), missing);
    metrics.times(
        FRESHNESS_PUBLISHED,
        IntStream.range(0, results.size())
            .filter(change -> !missing.get(change))
            .mapToObj(change -> changes.get(change).events())
            .flatMap(List::stream)
            .mapToLong(event -> Math.max(0, nowMillis - event.occurredAtMillis())));
  }

  /** Enters the results of the group into the ledger. */
  void enterResults(LedgerEntry entry) {
    PublishedEntry.add(entry, results, missing);
  }

  BatchProgress progress() {
    return progress;
  }
}
