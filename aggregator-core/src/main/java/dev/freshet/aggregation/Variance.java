package dev.freshet.aggregation;

import java.util.Set;

/**
 * The sample variance Σ (value − mean)² / (n − 1), in squared units, or its square root, the sample
 * standard deviation; absent for n = 1.
 *
 * @param isRoot whether it is the standard deviation
 */
public record Variance(boolean isRoot) implements Aggregation {

  @Override
  public String name() {
    return isRoot ? "stddev" : "variance";
  }

  @Override
  public String formula() {
    return (isRoot ? "√ " : "") + "Σ (x − mean)² / (n − 1) for n ≥ 2";
  }

  @Override
  public double apply(Samples samples) {
    long n = samples.count();
    if (n < 2) {
      return Absent.VALUE;
    }
    double variance = Absent.unlessFinite(samples.squaredDeviations() / (n - 1));
    return isRoot ? Math.sqrt(variance) : variance;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.SUM, Summary.SQUARES);
  }
}
