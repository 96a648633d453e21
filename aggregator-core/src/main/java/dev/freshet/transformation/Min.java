package dev.freshet.transformation;

/** The smallest value. */
record Min() implements Transformation {

  @Override
  public String name() {
    return "min";
  }

  @Override
  public String formula() {
    return "the smallest x";
  }

  @Override
  public double apply(Samples samples) {
    double smallest = samples.get(0);
    for (int i = 1; i < samples.size(); i++) {
      smallest = Math.min(smallest, samples.get(i));
    }
    return smallest;
  }
}
