package dev.freshet.aws.emulator.mapping;

import java.time.Duration;

/**
 * How long to wait before trying again: doubling, bounded.
 *
 * @param first after the first failure
 * @param most never longer than this
 */
record Backoff(Duration first, Duration most) {

  private static final int MOST_DOUBLINGS = 30;

  Backoff {
    if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff must grow from above 0: " + first + " to " + most);
    }
  }

  /** The wait after so many failures in a row, at least one. */
  Duration after(int failures) {
    long factor = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
    Duration wait = first.multipliedBy(factor);
    return wait.compareTo(most) < 0 ? wait : most;
  }
}
