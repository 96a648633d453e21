package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import java.time.Duration;

/**
 * The mean of the values with weights 2^(−age / half-life), where the age of a value is counted
 * from the newest event held.
 *
 * @param halfLife the age at which a value weighs half, at least one millisecond
 */
public record DecayedMean(Duration halfLife) implements Aggregation {

  public DecayedMean {
    if (halfLife.toMillis() < 1) {
      throw new IllegalArgumentException("the half-life must be positive: " + halfLife);
    }
  }

  @Override
  public String name() {
    return "decayed_mean";
  }

  @Override
  public String formula() {
    return "Σ 2^(−age/%s) x / Σ 2^(−age/%s), age counted from the newest event"
        .formatted(halfLife, halfLife);
  }

  @Override
  public double apply(Samples samples) {
    long newest = samples.timeMillis(samples.size() - 1);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < samples.size(); i++) {
      double age = newest - samples.timeMillis(i);
      double weight = StrictMath.pow(2, -age / halfLife.toMillis());
      sum += weight * (samples.get(i) - samples.get(samples.size() - 1));
      weights += weight;
    }
    return Absent.unlessFinite(samples.get(samples.size() - 1) + sum / weights);
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
