package dev.freshet.shard;

import java.time.Duration;

/**
 * The pauses before further attempts: each is twice as long as the one before, up to a limit.
 *
 * @param first the pause after the first failure
 * @param longest the limit of all pauses
 */
public record Backoff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  public Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff must grow from above 0: " + first + " to " + longest);
    }
  }

  /** Returns the pause after this many failures in a row; 0 counts as 1. */
  public Duration after(int failures) {
    int doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
    Duration pause = first.multipliedBy(1L << doublings);
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** Waits; an argument, so that tests do not wait. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }
}
