package dev.freshet.definition;

import java.time.Duration;

/**
 * The window {@code (t − length, t]}: an event at 10:01:00 is in a window of 10 minutes at 10:10:59
 * and no more at 10:11:00.
 *
 * @param length whole seconds, one second to seven days
 */
public record TimeWindow(Duration length) {

  private static final Duration LONGEST = Duration.ofDays(7);

  public TimeWindow {
    requireLength("window", length);
  }

  public static TimeWindow minutes(long minutes) {
    return new TimeWindow(Duration.ofMinutes(minutes));
  }

  public static TimeWindow seconds(long seconds) {
    return new TimeWindow(Duration.ofSeconds(seconds));
  }

  static void requireLength(String what, Duration length) {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + length);
    }
    if (!length.equals(Duration.ofSeconds(length.toSeconds())) || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " must be whole seconds, at most " + LONGEST + ": " + length);
    }
  }

  /** The ending of the names of the window's features, such as {@code 5m} or {@code 90s}. */
  String label() {
    return length.toSecondsPart() == 0 ? length.toMinutes() + "m" : length.toSeconds() + "s";
  }

  @Override
  public String toString() {
    return "(t − " + label() + ", t]";
  }
}
