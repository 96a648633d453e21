package dev.freshet.city;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random draws of the city from one source of randomness. */
final class Chance {

  /** The largest deviation of a draw, so that every duration has a limit. */
  private static final double MOST_DEVIATIONS = 2.5;

  private final RandomGenerator random;

  Chance(RandomGenerator random) {
    this.random = random;
  }

  /** Returns true with a probability. */
  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** Draws uniformly from [0, 1). */
  double unit() {
    return random.nextDouble();
  }

  /** Draws uniformly from [low, high). */
  double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  /** Draws uniformly from [0, bound). */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Draws the gap between arrivals of a Poisson process, in the unit of {@code mean}. */
  double gap(double mean) {
    return mean * random.nextExponential();
  }

  /** Draws from a log-normal distribution, at most 2.5 deviations from its median. */
  double logNormal(double median, double sigma) {
    double deviations =
        Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, random.nextGaussian()));
    return median * Math.exp(sigma * deviations);
  }

  /** Returns an index, drawn by cumulative weights that grow from above zero. */
  int pick(double[] cumulative) {
    double drawn = unit() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, drawn);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }

  /** Returns cumulative weights that fall with the rank, by the law of Zipf and Mandelbrot. */
  static double[] zipf(int count, double offset, double exponent) {
    double[] cumulative = new double[count];
    double total = 0;
    for (int rank = 0; rank < count; rank++) {
      total += 1 / Math.pow(rank + offset, exponent);
      cumulative[rank] = total;
    }
    return cumulative;
  }
}
