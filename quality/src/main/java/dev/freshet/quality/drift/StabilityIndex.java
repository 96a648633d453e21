package dev.freshet.quality.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The population stability index of counts in bins: the sum of (a − b) · ln(a / b) over the shares
 * a and b of a bin now and in the baseline. The usual reading, of Siddiqi, "Credit Risk Scorecards"
 * (2006): below 0.1 stable, above 0.25 shifted.
 *
 * <p>A half is added to each count, so that an empty bin has a share (the estimator of Krichevsky
 * and Trofimov, "The performance of universal encoding", 1981). A bin that is empty both times does
 * not count.
 *
 * @param value the index; 0 if nothing has moved
 * @param noise what the index of an unchanged feature exceeds by chance once in a thousand times:
 *     with n and m values in k bins it is distributed as (1/n + 1/m) · χ² of k − 1 degrees of
 *     freedom (Yurdakul and Naranjo, "Statistical properties of the population stability index",
 *     2020)
 */
record StabilityIndex(double value, double noise) {

  private static final double ADDED = 0.5;

  /** The quantile 0.999 of the normal distribution. */
  private static final double ONE_IN_A_THOUSAND = 3.0902;

  static StabilityIndex of(int[] baseline, int[] now) {
    int[] used = IntStream.range(0, now.length).filter(i -> baseline[i] + now[i] > 0).toArray();
    double n = Arrays.stream(now).sum();
    double m = Arrays.stream(baseline).sum();
    double value = 0;
    for (int i : used) {
      double a = (now[i] + ADDED) / (n + ADDED * used.length);
      double b = (baseline[i] + ADDED) / (m + ADDED * used.length);
      value += (a - b) * Math.log(a / b);
    }
    return new StabilityIndex(value, (1 / n + 1 / m) * chiSquare(used.length - 1));
  }

  /** Returns the quantile 0.999 of χ², by the approximation of Wilson and Hilferty (1931). */
  private static double chiSquare(int degrees) {
    if (degrees < 1) {
      return 0;
    }
    double part = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - part + ONE_IN_A_THOUSAND * Math.sqrt(part), 3);
  }
}
