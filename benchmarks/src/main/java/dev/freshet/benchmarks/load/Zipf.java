package dev.freshet.benchmarks.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws indexes of which some are more popular than others: index i with weight 1 / (i + 1)^s. */
public final class Zipf implements Choice {

  private final double[] cumulated;

  /**
   * @param size how many indexes there are
   * @param skew the exponent s; 0 draws all alike
   */
  Zipf(int size, double skew) {
    cumulated = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.pow(i + 1, -skew);
      cumulated[i] = sum;
    }
  }

  @Override
  public int draw(RandomGenerator random) {
    int found =
        Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
