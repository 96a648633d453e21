package dev.freshet.definition;

/** The events, or items, that a feature sees. */
public sealed interface Window permits LastEvents, TimeWindow, HistoryWindow, LookBack {

  /** The ending that it gives to names of features, such as {@code _5m}; empty if none. */
  String ending();

  /** The newest events by ({@code occurredAt}, id); does not look at the clock. */
  static LastEvents last(int size) {
    return new LastEvents(size, null);
  }

  /** {@code (t − n s, t]}. */
  static TimeWindow seconds(long number) {
    return TimeWindow.of(number, TimeWindow.Unit.SECONDS);
  }

  /** {@code (t − n min, t]}. */
  static TimeWindow minutes(long number) {
    return TimeWindow.of(number, TimeWindow.Unit.MINUTES);
  }

  /** {@code (t − n h, t]}. */
  static TimeWindow hours(long number) {
    return TimeWindow.of(number, TimeWindow.Unit.HOURS);
  }

  /** {@code (t − n d, t]}, days of 24 hours. */
  static TimeWindow days(long number) {
    return TimeWindow.of(number, TimeWindow.Unit.DAYS);
  }

  /** All events up to t. */
  static HistoryWindow lifetime() {
    return new HistoryWindow(null, null, null);
  }

  /** The items whose status began in {@code (t − length, t]}. */
  static LookBack lookBack(java.time.Duration length) {
    return new LookBack(length);
  }
}
