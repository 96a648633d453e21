package dev.freshet.transformation;

/**
 * The exponentially weighted mean with α = 0.2: the value that is i places older than the newest
 * weighs (1 − α)^i, and the weights are normalised. It is the last value of pandas' {@code
 * ewm(alpha=.2).mean()}.
 */
record Ewma() implements Transformation {

  private static final double ALPHA = 0.2;

  @Override
  public String name() {
    return "ewma";
  }

  @Override
  public String formula() {
    return "Σ 0.8^i x / Σ 0.8^i, i = 0 for the newest x";
  }

  @Override
  public double apply(Samples samples) {
    double mean = samples.get(0);
    double weight = 1;
    for (int i = 1; i < samples.size(); i++) {
      // The mean of the older values keeps the share (weight − 1) / weight.
      weight = (1 - ALPHA) * weight + 1;
      mean += (samples.get(i) - mean) / weight;
    }
    return Absent.unlessFinite(mean);
  }
}
