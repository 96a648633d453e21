package dev.freshet.transformation;

/** The arithmetic mean. */
record Mean() implements Transformation {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public String formula() {
    return "Σ x / n";
  }

  @Override
  public double apply(Samples samples) {
    return Absent.unlessFinite(samples.meanOfNewest(samples.size()));
  }
}
