package dev.freshet.transformation;

import java.util.Arrays;

/**
 * The values of a last-N window, oldest first; at least one, all finite.
 *
 * <p>What several transformations need is computed when the first asks and kept for the others.
 * That memory is not synchronised: one thread at a time uses an instance.
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
   * The values, oldest first; the array is not copied and must not change any more.
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

  /** The value at an index; 0 is the oldest. */
  public double get(int index) {
    return values[index];
  }

  /** The value at a rank; 0 is the smallest. */
  double ranked(int rank) {
    if (sorted == null) {
      sorted = values.clone();
      Arrays.sort(sorted);
    }
    return sorted[rank];
  }

  /** The mean of the newest {@code k} values, 1 ≤ k ≤ size. */
  double meanOfNewest(int k) {
    int start = values.length - k;
    return values[start] + meanAboveValueAt(start);
  }

  /** The sum of (value − mean)². */
  double squaredDeviations() {
    if (Double.isNaN(squaredDeviations)) {
      squaredDeviations = sumOfSquares(deviations());
    }
    return squaredDeviations;
  }

  /** Value − mean at an index; exactly 0 everywhere if all values are equal. */
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
   * How far the mean of the values from {@code start} on lies above the first of them. Differences
   * to one of the values keep the digits that a large common offset would cost a plain sum, and
   * make the mean of equal values exactly their value.
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
