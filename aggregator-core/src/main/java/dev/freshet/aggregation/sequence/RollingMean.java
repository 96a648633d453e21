package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;

/**
 * The mean of the newest k values; absent while fewer are held.
 *
 * @param k the number of values, at least 1
 */
public record RollingMean(int k) implements Aggregation {

  public RollingMean {
    if (k < 1) {
      throw new IllegalArgumentException("rolling mean must cover at least 1 value: " + k);
    }
  }

  @Override
  public String name() {
    return "rolling_mean_" + k;
  }

  @Override
  public String formula() {
    return "Σ of the newest " + k + " x / " + k + " for n ≥ " + k;
  }

  @Override
  public double apply(Samples samples) {
    return samples.size() < k ? Absent.VALUE : Absent.unlessFinite(samples.meanOfNewest(k));
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
