package dev.freshet.transformation;

/** The sample standard deviation: the square root of the {@link Variance}; absent for n = 1. */
record Stddev() implements Transformation {

  @Override
  public String name() {
    return "stddev";
  }

  @Override
  public String formula() {
    return "√ Σ (x − mean)² / (n − 1) for n ≥ 2";
  }

  @Override
  public double apply(Samples samples) {
    return Math.sqrt(Variance.of(samples));
  }
}
