package dev.freshet.transformation;

/** The number of values held, 1…N. */
record Count() implements Transformation {

  @Override
  public String name() {
    return "count";
  }

  @Override
  public String formula() {
    return "n, the number of values held";
  }

  @Override
  public double apply(Samples samples) {
    return samples.size();
  }
}
