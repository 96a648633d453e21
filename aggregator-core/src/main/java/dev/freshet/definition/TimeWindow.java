package dev.freshet.definition;

import java.time.Duration;

/**
 * The window {@code (t − length, t]}: an event at 10:01:00 is in a window of 10 minutes at 10:10:59
 * and no more at 10:11:00. The names of its features end with the length as declared: {@code 60m}
 * is not {@code 1h}.
 *
 * @param number the number of units; the length is one second to seven days
 */
public record TimeWindow(long number, Unit unit) {

  private static final Duration LONGEST = Duration.ofDays(7);

  /** The unit of a length. */
  public enum Unit {
    SECONDS("s", Duration.ofSeconds(1)),
    MINUTES("m", Duration.ofMinutes(1)),
    HOURS("h", Duration.ofHours(1)),
    DAYS("d", Duration.ofDays(1));

    private final String symbol;
    private final Duration length;

    Unit(String symbol, Duration length) {
      this.symbol = symbol;
      this.length = length;
    }
  }

  public TimeWindow {
    requireLength("window", unit.length.multipliedBy(number));
  }

  public static TimeWindow seconds(long seconds) {
    return new TimeWindow(seconds, Unit.SECONDS);
  }

  public static TimeWindow minutes(long minutes) {
    return new TimeWindow(minutes, Unit.MINUTES);
  }

  public static TimeWindow hours(long hours) {
    return new TimeWindow(hours, Unit.HOURS);
  }

  public static TimeWindow days(long days) {
    return new TimeWindow(days, Unit.DAYS);
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

  public Duration length() {
    return unit.length.multipliedBy(number);
  }

  /** The ending of the names of the window's features, such as {@code 5m}, {@code 24h}. */
  String label() {
    return number + unit.symbol;
  }

  @Override
  public String toString() {
    return "(t − " + label() + ", t]";
  }
}
