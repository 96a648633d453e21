package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import java.math.BigDecimal;

/**
 * The exponentially weighted mean: the value that is i places older than the newest weighs (1 −
 * α)^i, and the weights are normalised. It is the last value of pandas' {@code
 * ewm(alpha=α).mean()}.
 *
 * @param alpha the weight of the newest value, 0 &lt; α &lt; 1
 */
public record Ewma(double alpha) implements Aggregation {

  /** The usual α. */
  public static final double USUAL_ALPHA = 0.2;

  public Ewma {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("ewma needs an α between 0 and 1: " + alpha);
    }
  }

  @Override
  public String name() {
    return alpha == USUAL_ALPHA
        ? "ewma"
        : "ewma_" + BigDecimal.valueOf(alpha).toPlainString().replace('.', '_');
  }

  @Override
  public String formula() {
    String rest = BigDecimal.ONE.subtract(BigDecimal.valueOf(alpha)).toPlainString();
    return "Σ %s^i x / Σ %s^i, i = 0 for the newest x".formatted(rest, rest);
  }

  @Override
  public double apply(Samples samples) {
    double mean = samples.get(0);
    double weight = 1;
    for (int i = 1; i < samples.size(); i++) {
      // The mean of the older values keeps the share (weight − 1) / weight.
      weight = (1 - alpha) * weight + 1;
      mean += (samples.get(i) - mean) / weight;
    }
    return Absent.unlessFinite(mean);
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
