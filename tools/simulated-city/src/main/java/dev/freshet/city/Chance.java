package dev.freshet.city;

import java.util.random.RandomGenerator;

/** The draws that the city makes from one source of randomness. */
final class Chance {

  /** Draws further out are brought in to here, so that every duration has a greatest value. */
  private static final double MOST_DEVIATIONS = 2.5;

  private final RandomGenerator random;

  Chance(RandomGenerator random) {
    this.random = random;
  }

  /** Whether something of this probability happens. */
  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in [0, 1). */
  double unit() {
    return random.nextDouble();
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  /** Uniform in [0, bound). */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** The gap between arrivals of a Poisson process, in the unit of {@code mean}. */
  double gap(double mean) {
    return mean * random.nextExponential();
  }

  /** Log-normal about a median, at most 2.5 deviations from it. */
  double logNormal(double median, double sigma) {
    double deviations =
        Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, random.nextGaussian()));
    return median * Math.exp(sigma * deviations);
  }
}
