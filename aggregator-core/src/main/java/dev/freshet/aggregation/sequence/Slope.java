package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;

/**
 * The slope of the least-squares line through (index, value), index 0 the oldest: the value's unit
 * per event; absent for n = 1.
 */
public record Slope() implements Aggregation {

  @Override
  public String name() {
    return "slope";
  }

  @Override
  public String formula() {
    return "Σ (i − mean i)(x − mean) / Σ (i − mean i)², i = 0 for the oldest x, for n ≥ 2";
  }

  @Override
  public double apply(Samples samples) {
    int n = samples.size();
    return n < 2
        ? Absent.VALUE
        : Absent.unlessFinite(covariation(samples) / squaredIndexDeviations(n));
  }

  /**
   * Returns Σ (index − mean index) · (value − mean); centring both cancels rounding errors of
   * either.
   */
  private static double covariation(Samples samples) {
    double centre = (samples.size() - 1) / 2.0;
    double sum = 0;
    for (int i = 0; i < samples.size(); i++) {
      sum += (i - centre) * samples.deviation(i);
    }
    return sum;
  }

  /** Returns Σ (index − mean index)² over 0…n−1, which is n (n² − 1) / 12. */
  private static double squaredIndexDeviations(double n) {
    return n * (n * n - 1) / 12;
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
