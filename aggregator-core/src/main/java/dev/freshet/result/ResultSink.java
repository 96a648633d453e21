package dev.freshet.result;

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
}
