package dev.freshet.function;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * Decides whether a recalculation waits for the next change itself. A short wait inside the
 * function costs less than three transitions of the state machine: $0.000075, for which a function
 * of 512 MB waits 11 s.
 */
final class Linger {

  /** The remaining time that one more page and the answer need. */
  private static final int SHORT_MILLIS = 15_000;

  private final Duration longest;
  private final IntSupplier remainingMillis;
  private final Clock clock;
  private final Sleeper sleeper;

  /**
   * @param longest the longest wait; zero never waits
   * @param remainingMillis the time left for the invocation
   */
  Linger(Duration longest, IntSupplier remainingMillis, Clock clock, Sleeper sleeper) {
    this.longest = longest;
    this.remainingMillis = remainingMillis;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Returns whether the invocation should end. */
  boolean isTimeShort() {
    return remainingMillis.getAsInt() < SHORT_MILLIS;
  }

  /** Waits until an instant, unless that takes too long; returns whether it waited. */
  boolean until(Instant wakeAt) {
    long millis = Math.max(0, wakeAt.toEpochMilli() - clock.millis());
    if (millis > longest.toMillis() || remainingMillis.getAsInt() - millis < SHORT_MILLIS) {
      return false;
    }
    try {
      sleeper.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits; {@link Thread#sleep} outside of tests. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(long millis) throws InterruptedException;
  }
}
