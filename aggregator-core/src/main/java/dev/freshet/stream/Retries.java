package dev.freshet.stream;

import java.time.Duration;

/**
 * A back-off for work that a service refused.
 *
 * @param attempts the number of calls in a row without any progress before giving up
 * @param first the pause after the first call; each further pause is twice as long
 * @param longest the longest pause
 * @param sleeper waits for a pause
 */
public record Retries(int attempts, Duration first, Duration longest, Sleeper sleeper) {

  private static final int MOST_DOUBLINGS = 30;

  public Retries {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be positive: " + attempts);
    }
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses must grow from zero or more: %s to %s".formatted(first, longest));
    }
  }

  /** Creates retries that wait in real time. */
  public static Retries inRealTime(int attempts, Duration first, Duration longest) {
    return new Retries(attempts, first, longest, pause -> Thread.sleep(pause.toMillis()));
  }

  /** Waits after a number of attempts in a row that acknowledged nothing; 0 counts as 1. */
  public void pauseAfter(int fruitlessAttempts) throws InterruptedException {
    int doublings = Math.min(Math.max(fruitlessAttempts, 1) - 1, MOST_DOUBLINGS);
    Duration pause = first.multipliedBy(1L << doublings);
    sleeper.sleep(pause.compareTo(longest) < 0 ? pause : longest);
  }

  /** Waits; {@link Thread#sleep} outside of tests. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }
}
