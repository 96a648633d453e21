package dev.freshet.city;

import java.util.Arrays;

/** Draws indexes by weight. */
final class Weighted {

  private Weighted() {}

  /** An index, drawn by cumulative weights that grow from above zero. */
  static int pick(double[] cumulative, Chance chance) {
    double drawn = chance.unit() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, drawn);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }

  /** Cumulative weights that fall with the rank as Zipf and Mandelbrot have it. */
  static double[] zipf(int count) {
    double[] cumulative = new double[count];
    double total = 0;
    for (int rank = 0; rank < count; rank++) {
      total += 1 / Math.pow(rank + 4.0, 0.9);
      cumulative[rank] = total;
    }
    return cumulative;
  }
}
