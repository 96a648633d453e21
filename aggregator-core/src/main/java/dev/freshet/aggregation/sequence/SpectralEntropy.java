package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;

/**
 * The evenness of the power over the m frequencies of the {@link Periodogram}: −Σ p ln p / ln m
 * with p = power / Σ power. It is 0 for a pure oscillation and 1 for white noise; absent for fewer
 * than 8 values or if all are equal.
 */
public record SpectralEntropy() implements Aggregation {

  @Override
  public String name() {
    return "spectral_entropy";
  }

  @Override
  public String formula() {
    return "−Σ p ln p / ln m over the m frequencies 1/n … 1/2, p = power / Σ power, for n ≥ 8";
  }

  @Override
  public double apply(Samples samples) {
    Periodogram spectrum = samples.once(Periodogram.class, Periodogram::of);
    return spectrum.isDefined()
        ? entropy(spectrum) / StrictMath.log(spectrum.bins())
        : Absent.VALUE;
  }

  private static double entropy(Periodogram spectrum) {
    double entropy = 0;
    for (int bin = 0; bin < spectrum.bins(); bin++) {
      double share = spectrum.power(bin) / spectrum.totalPower();
      // p ln p tends to 0 with p, but 0 · ln 0 is NaN.
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return entropy;
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
