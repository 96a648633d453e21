package dev.freshet.featurestore.client;

import static dev.freshet.ledger.LedgerLine.STORE;
import static dev.freshet.metrics.Metric.FRESHNESS_STORED;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.RESULTS_STALE;
import static dev.freshet.metrics.Metric.RESULTS_STORED;
import static dev.freshet.metrics.Metric.STEP_STORE;

import dev.freshet.featurestore.client.FeatureStoreWriter.Written;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.Trigger;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results into the feature store, and records how many and how fresh they are. A stale
 * result is acknowledged, too: the store has a newer one.
 */
public final class StoredResults implements ResultSink {

  private static final Logger LOG = LoggerFactory.getLogger(StoredResults.class);

  private final FeatureStoreWriter store;
  private final Set<String> forgottenGroups;
  private final Clock clock;
  private final Metrics metrics;

  /**
   * @param forgottenGroups names of feature groups whose results are dropped
   */
  public StoredResults(
      FeatureStoreWriter store, Set<String> forgottenGroups, Clock clock, Metrics metrics) {
    this.store = store;
    this.forgottenGroups = forgottenGroups;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public BitSet put(List<FeatureResult> results) {
    return put(results, new LedgerEntry());
  }

  @Override
  public BitSet put(List<FeatureResult> results, LedgerEntry entry) {
    entry.add(STORE, Fate.IN, results.size());
    List<FeatureResult> kept = results.stream().filter(each -> !isForgotten(each)).toList();
    BitSet missing = new BitSet();
    try {
      Written written = metrics.timed(STEP_STORE, () -> store.write(kept));
      metrics.count(RESULTS_STORED, written.stored());
      metrics.count(RESULTS_STALE, written.stale());
      entry.add(STORE, Fate.STORED, written.stored());
      entry.add(STORE, Fate.STALE, written.stale());
      entry.add(STORE, Fate.SKIPPED, results.stream().filter(this::isForgotten).count());
      recordFreshness(kept);
    } catch (FeatureStoreException e) {
      LOG.warn(e.getMessage());
      metrics.count(REDIS_ERRORS, 1);
      missing.set(0, results.size());
      entry.add(STORE, Fate.UNFINISHED, results.size());
    }
    return missing;
  }

  private boolean isForgotten(FeatureResult result) {
    return forgottenGroups.contains(result.featureGroup());
  }

  /** Records the freshness of results of events; results of recalculation have none. */
  private void recordFreshness(List<FeatureResult> results) {
    long stored = clock.millis();
    metrics.times(
        FRESHNESS_STORED,
        results.stream()
            .filter(result -> result.trigger() == Trigger.EVENT)
            .mapToLong(result -> Math.max(0, stored - result.eventTime())));
  }
}
