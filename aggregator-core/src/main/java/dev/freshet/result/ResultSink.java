package dev.freshet.result;

import dev.freshet.ledger.LedgerEntry;
import java.util.BitSet;
import java.util.List;

/** A destination of results. */
public interface ResultSink {

  /**
   * Publishes results, with bounded waiting and retries. A result that was not acknowledged may
   * still have arrived; it can be published again.
   *
   * @return the indexes of results that were not acknowledged; empty if all were
   */
  BitSet put(List<FeatureResult> results);

  /** Publishes results, and enters into the ledger what happens to them here. */
  default BitSet put(List<FeatureResult> results, LedgerEntry entry) {
    return put(results);
  }
}
