package dev.freshet.transformation;

/** The greatest value. */
record Max() implements Transformation {

  @Override
  public String name() {
    return "max";
  }

  @Override
  public String formula() {
    return "the greatest x";
  }

  @Override
  public double apply(Samples samples) {
    double greatest = samples.get(0);
    for (int i = 1; i < samples.size(); i++) {
      greatest = Math.max(greatest, samples.get(i));
    }
    return greatest;
  }
}
