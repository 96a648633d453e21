package dev.freshet.featurestore.client;

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
    BitSet missing = store.put(results);
    return missing.isEmpty() ? stream.put(results) : missing;
  }
}
