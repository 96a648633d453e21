package dev.freshet.featurestore.client;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import java.util.BitSet;
import java.util.List;

/**
 * Writes results into the feature store, so that models can read them at once, and then puts them
 * into the stream for everybody else.
 *
 * <p>If the feature store does not answer, nothing is put: otherwise, each time that the events are
 * delivered again would put their results once more.
 */
public record DirectResults(ResultSink store, ResultSink stream) implements ResultSink {

  @Override
  public BitSet put(List<FeatureResult> results) {
    return put(results, new LedgerEntry());
  }

  @Override
  public BitSet put(List<FeatureResult> results, LedgerEntry entry) {
    entry.add(LedgerLine.BATCHES, Fate.IN, results.size());
    entry.add(LedgerLine.BATCHES, Fate.HANDED, results.size());
    BitSet missing = store.put(results, entry);
    if (missing.isEmpty()) {
      results.forEach(
          each ->
              entry.addResult(
                  LedgerLine.ARRIVED, each.computedAt(), each.featureGroup(), Fate.DONE));
    }
    return missing.isEmpty() ? stream.put(results, entry) : missing;
  }
}
