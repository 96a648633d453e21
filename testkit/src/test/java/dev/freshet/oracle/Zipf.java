package dev.freshet.oracle;

import java.util.Arrays;
import java.util.Random;

/** Numbers of which a few are frequent and most are rare: the k-th has the weight 1 / k. */
public final class Zipf {

  private final double[] cumulative;
  private final Random random;

  /**
   * @param size how many numbers there are, from 0 on
   */
  public Zipf(int size, Random random) {
    this.cumulative = new double[size];
    this.random = random;
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  public int next() {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return found >= 0 ? found : -found - 1;
  }
}
