package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Absent;
import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;

/**
 * The frequency of the greatest power in the {@link Periodogram}, in cycles per event, 0 &lt; f ≤
 * 1/2; absent for fewer than 8 values or if all are equal.
 */
public record DominantFrequency() implements Aggregation {

  /**
   * Powers this close count as equal, as rounding would decide which is greater; the lowest
   * frequency wins.
   */
  private static final double RELATIVE_TIE = 1e-9;

  @Override
  public String name() {
    return "dominant_frequency";
  }

  @Override
  public String formula() {
    return "the frequency k/n, 1 ≤ k ≤ n/2, of the greatest power |Σ (x − mean) e^(−2πijk/n)|² for n ≥ 8";
  }

  @Override
  public double apply(Samples samples) {
    Periodogram spectrum = samples.once(Periodogram.class, Periodogram::of);
    return spectrum.isDefined() ? spectrum.frequency(dominantBin(spectrum)) : Absent.VALUE;
  }

  private static int dominantBin(Periodogram spectrum) {
    double threshold = spectrum.greatestPower() * (1 - RELATIVE_TIE);
    int bin = 0;
    while (spectrum.power(bin) < threshold) {
      bin++;
    }
    return bin;
  }

  @Override
  public boolean isOfSequence() {
    return true;
  }
}
