package dev.freshet.transformation;

/** The sample variance Σ (value − mean)² / (n − 1), in squared units; absent for n = 1. */
record Variance() implements Transformation {

  @Override
  public String name() {
    return "variance";
  }

  @Override
  public String formula() {
    return "Σ (x − mean)² / (n − 1) for n ≥ 2";
  }

  @Override
  public double apply(Samples samples) {
    return of(samples);
  }

  static double of(Samples samples) {
    int n = samples.size();
    return n < 2 ? Absent.VALUE : Absent.unlessFinite(samples.squaredDeviations() / (n - 1));
  }
}
