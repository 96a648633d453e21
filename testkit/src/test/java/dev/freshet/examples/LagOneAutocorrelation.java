package dev.freshet.examples;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;

/** Whether a long one follows a long one: 1 for a slow drift, −1 for a zigzag, 0 for chance. */
record LagOneAutocorrelation() implements Aggregation {

  @Override
  public String name() {
    return "autocorrelation_1";
  }

  @Override
  public String formula() {
    return "Σ (xᵢ − mean)(xᵢ₋₁ − mean) / Σ (xᵢ − mean)², unless all x are equal";
  }

  @Override
  public double apply(Samples samples) {
    double mean = 0;
    for (int i = 0; i < samples.size(); i++) {
      mean += samples.get(i) / samples.size();
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < samples.size(); i++) {
      double deviation = samples.get(i) - mean;
      products += i == 0 ? 0 : deviation * (samples.get(i - 1) - mean);
      squares += deviation * deviation;
    }
    return squares == 0 ? Double.NaN : products / squares;
  }
}
