package dev.freshet.engine;

import static dev.freshet.ledger.LedgerLine.RESULTS;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.result.FeatureResult;
import java.util.BitSet;
import java.util.List;

/** Enters computed results into the ledger, by the hour of their computation. */
final class PublishedEntry {

  private PublishedEntry() {}

  /**
   * Enters results.
   *
   * @param missing the indexes of results that were not acknowledged; they come again
   */
  static void add(LedgerEntry entry, List<FeatureResult> results, BitSet missing) {
    for (int i = 0; i < results.size(); i++) {
      FeatureResult result = results.get(i);
      Fate fate = missing.get(i) ? Fate.UNFINISHED : Fate.PUBLISHED;
      entry.addResult(RESULTS, result.computedAt(), result.featureGroup(), Fate.IN);
      entry.addResult(RESULTS, result.computedAt(), result.featureGroup(), fate);
    }
  }
}
