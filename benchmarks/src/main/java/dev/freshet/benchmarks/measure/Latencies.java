package dev.freshet.benchmarks.measure;

import java.util.Arrays;

/** How long each of many things took. */
public final class Latencies {

  private long[] nanos = new long[1_024];
  private int size;

  public void add(long tookNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = tookNanos;
  }

  int size() {
    return size;
  }

  /**
   * The smallest that at least this share is not above, in microseconds; NaN of none.
   *
   * @param share such as 0.99
   */
  public double micros(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size) - 1;
    return sorted[Math.max(0, rank)] / 1e3;
  }
}
