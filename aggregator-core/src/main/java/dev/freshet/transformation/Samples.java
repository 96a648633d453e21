package dev.freshet.transformation;

import java.util.Arrays;

/**
 * The values of a last-N window, oldest first; at least one, all finite.
 *
 * <p>Computes intermediate values once, on first use, for all transformations. Not safe for use by
 * several threads.
 */
public final class Samples {

  private final double[] values;

  private double[] sorted;
  private double[] deviations;
  private double squaredDeviations = Double.NaN;
  private Periodogram periodogram;

  private Samples(double[] values) {
    this.values = values;
  }

  /**
   * Creates samples of values, oldest first; the array is not copied and must not change
   * afterwards.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static Samples of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("samples must hold at least one value: []");
    }
    return new Samples(values);
  }

  public int size() {
    return values.length;
  }

  /** Returns the value at an index; 0 is the oldest. */
  public double get(int index) {
    return values[index];
  }

  /** Returns the value at a rank; 0 is the smallest. */
  double ranked(int rank) {
    if (sorted == null) {
      sorted = values.clone();
      Arrays.sort(sorted);
    }
    return sorted[rank];
  }

  /** Returns the mean of the newest {@code k} values, 1 ≤ k ≤ size. */
  double meanOfNewest(int k) {
    int start = values.length - k;
    return values[start] + meanAboveValueAt(start);
  }

  /** Returns the sum of (value − mean)². */
  double squaredDeviations() {
    if (Double.isNaN(squaredDeviations)) {
      squaredDeviations = sumOfSquares(deviations());
    }
    return squaredDeviations;
  }

  /** Returns value − mean at an index; exactly 0 everywhere if all values are equal. */
  double deviation(int index) {
    return deviations()[index];
  }

  Periodogram periodogram() {
    if (periodogram == null) {
      periodogram = Periodogram.of(deviations());
    }
    return periodogram;
  }

  private double[] deviations() {
    if (deviations == null) {
      double mean = meanAboveValueAt(0);
      deviations = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        deviations[i] = values[i] - values[0] - mean;
      }
    }
    return deviations;
  }

  /**
   * Returns the mean of the values from {@code start} on, minus the first of them. Summing
   * differences to one value avoids the loss of digits that a large common offset causes, and makes
   * the mean of equal values exact.
   */
  private double meanAboveValueAt(int start) {
    double sum = 0;
    for (int i = start; i < values.length; i++) {
      sum += values[i] - values[start];
    }
    return sum / (values.length - start);
  }

  private static double sumOfSquares(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term * term;
    }
    return sum;
  }
}
