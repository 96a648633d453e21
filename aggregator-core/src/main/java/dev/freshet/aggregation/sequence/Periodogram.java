package dev.freshet.aggregation.sequence;

import dev.freshet.aggregation.Samples;

/**
 * The one-sided power spectrum of mean-removed values at sampling frequency 1: SciPy's {@code
 * signal.periodogram(x, fs=1, detrend="constant")} without its zero frequency.
 *
 * <p>Bin i holds the frequency (i + 1) / n in cycles per event, up to 1/2. The power of n values is
 * |X|² / n, doubled for the mirrored negative frequency, except at 1/2, which has none.
 */
final class Periodogram {

  private static final int MINIMUM_SIZE = 8;

  private final int size;
  private final double[] powers;
  private final double total;

  private Periodogram(int size, double[] powers) {
    this.size = size;
    this.powers = powers;
    this.total = sum(powers);
  }

  /** Returns the spectrum of values from which their mean is removed. */
  static Periodogram of(Samples samples) {
    double[] deviations = samples.deviations();
    return new Periodogram(deviations.length, powersOf(deviations));
  }

  /** Returns whether the spectrum is defined: 8 or more values, not all equal. */
  boolean isDefined() {
    return size >= MINIMUM_SIZE && total > 0 && Double.isFinite(total);
  }

  int bins() {
    return powers.length;
  }

  /** Returns the frequency of a bin, in cycles per event. */
  double frequency(int bin) {
    return (bin + 1.0) / size;
  }

  /** Returns the power of a bin, in squared units of the value per cycle per event. */
  double power(int bin) {
    return powers[bin];
  }

  double totalPower() {
    return total;
  }

  double greatestPower() {
    double greatest = 0;
    for (double power : powers) {
      greatest = Math.max(greatest, power);
    }
    return greatest;
  }

  // Computes the sums directly, without an FFT library: the number of values is rarely a power of
  // 2; 50 values take some 2,500 multiplications; and the one well-kept FFT of arbitrary length for
  // Java would add megabytes to the jar of every function.
  private static double[] powersOf(double[] deviations) {
    int n = deviations.length;
    double[] cosines = new double[n];
    double[] sines = new double[n];
    fillCircle(cosines, sines);
    double[] powers = new double[n / 2];
    for (int k = 1; k <= n / 2; k++) {
      double real = inner(deviations, cosines, k);
      double imaginary = inner(deviations, sines, k);
      double sides = 2 * k == n ? 1 : 2;
      powers[k - 1] = sides * (real * real + imaginary * imaginary) / n;
    }
    return powers;
  }

  // StrictMath gives the same bits on every processor, so that a replay anywhere equals the online
  // value.
  private static void fillCircle(double[] cosines, double[] sines) {
    int n = cosines.length;
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * i / n;
      cosines[i] = StrictMath.cos(angle);
      sines[i] = StrictMath.sin(angle);
    }
  }

  /** Returns Σ values[i] · circle[k i mod n], for 0 ≤ k ≤ n. */
  private static double inner(double[] values, double[] circle, int k) {
    int n = values.length;
    double sum = 0;
    int place = 0;
    for (double value : values) {
      sum += value * circle[place];
      place += k;
      if (place >= n) {
        place -= n;
      }
    }
    return sum;
  }

  private static double sum(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    return sum;
  }
}
