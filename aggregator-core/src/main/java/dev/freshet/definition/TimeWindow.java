package dev.freshet.definition;

import java.time.Duration;
import java.util.List;

/**
 * The window {@code (t − length, t]}: an event at 10:01:00 is in a window of 10 minutes at 10:10:59
 * and no more at 10:11:00. The names of its features end with the length as declared: {@code 60m}
 * is not {@code 1h}.
 *
 * @param number the number of units; the length is one second to 366 days
 * @param delay how much earlier the window lies, for labels that arrive late; null if it ends at t
 */
public record TimeWindow(long number, Unit unit, TimeWindow delay) implements Window {

  private static final Duration LONGEST = Duration.ofDays(366);

  /** The unit of a length. */
  public enum Unit {
    SECONDS("s", Duration.ofSeconds(1)),
    MINUTES("m", Duration.ofMinutes(1)),
    HOURS("h", Duration.ofHours(1)),
    DAYS("d", Duration.ofDays(1));

    static final List<Unit> LARGEST_FIRST = List.of(DAYS, HOURS, MINUTES, SECONDS);

    private final String symbol;
    private final Duration length;

    Unit(String symbol, Duration length) {
      this.symbol = symbol;
      this.length = length;
    }

    String symbol() {
      return symbol;
    }

    Duration length() {
      return length;
    }
  }

  public TimeWindow {
    requireLength("window", number > 0 && number <= LONGEST.toSeconds(), unit.length, number);
    if (delay != null && delay.delay != null) {
      throw new IllegalArgumentException("a delay has no delay itself: " + delay);
    }
  }

  static TimeWindow of(long number, Unit unit) {
    return new TimeWindow(number, unit, null);
  }

  /**
   * Returns the same window a while ago: {@code days(7).delayedBy(days(7))} is {@code (t − 14d, t −
   * 7d]}.
   */
  public TimeWindow delayedBy(TimeWindow by) {
    if (delay != null) {
      throw new IllegalArgumentException(
          "delayedBy() is called twice, with %s and then %s: keep one"
              .formatted(delay.label(), by.label()));
    }
    return new TimeWindow(number, unit, by);
  }

  /**
   * Returns the window that moves in hops: at t it begins where the hop begins in which t − length
   * lies.
   *
   * @param hop whole seconds, at most the length, of which it holds at most 100,000
   */
  public HistoryWindow every(Duration hop) {
    return new HistoryWindow(new TimeWindow(number, unit, null), hop, delay);
  }

  private static void requireLength(String what, boolean mayFit, Duration unit, long number) {
    if (number <= 0) {
      throw new IllegalArgumentException(
          what + " must be positive: " + unit.multipliedBy(Math.max(number, -LONGEST.toDays())));
    }
    if (!mayFit || unit.multipliedBy(number).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be at most %s: %d × %s".formatted(what, LONGEST, number, unit));
    }
  }

  static void requireLength(String what, Duration length) {
    if (length == null) {
      throw new IllegalArgumentException(what + " must be a duration: null");
    }
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + length);
    }
    if (!length.equals(Duration.ofSeconds(length.toSeconds())) || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " must be whole seconds, at most " + LONGEST + ": " + length);
    }
  }

  /** The length without the delay. */
  public Duration length() {
    return unit.length.multipliedBy(number);
  }

  long lengthMillis() {
    return length().toMillis();
  }

  long delayMillis() {
    return delay == null ? 0 : delay.lengthMillis();
  }

  String label() {
    return number + unit.symbol;
  }

  @Override
  public String ending() {
    return "_" + label() + (delay == null ? "" : "_after_" + delay.label());
  }

  @Override
  public String toString() {
    return delay == null
        ? "(t − " + label() + ", t]"
        : "(t − %s − %s, t − %s]".formatted(delay.label(), label(), delay.label());
  }
}
