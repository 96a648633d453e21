package dev.freshet.definition;

import dev.freshet.fold.StateKind;
import dev.freshet.history.HistorySpan;
import java.time.Duration;

/**
 * A long time window that moves in hops, or one without a beginning. Its state outlives Redis:
 * older events are held merged, not one by one.
 *
 * <p>A window of 30 days that moves by days sees at t all events after the start of the day in
 * which t − 30d lies, up to t. Hops start at multiples of their length since 1970-01-01T00:00Z, and
 * an event at the very start of a hop belongs to the hop before.
 *
 * @param length null if the window sees all events up to t
 * @param hop null likewise; whole seconds, at most the length, of which it holds at most 100,000
 * @param delay how much earlier the window lies; null if it ends at t
 */
public record HistoryWindow(TimeWindow length, Duration hop, TimeWindow delay) implements Window {

  /** Bounds what an entity holds: a busy one has a tile for each hop. */
  private static final long MOST_HOPS = 100_000;

  public HistoryWindow {
    if (length != null) {
      TimeWindow.requireLength("the hop of every()", hop);
      if (hop.compareTo(length.length()) > 0) {
        throw new IllegalArgumentException(
            "the hop of every() must be at most the window, %s: %s"
                .formatted(length.length(), hop));
      }
      if (length.length().dividedBy(hop) > MOST_HOPS) {
        throw new IllegalArgumentException(
            "the window, %s, must hold at most %,d hops of every(): %s"
                .formatted(length.length(), MOST_HOPS, hop));
      }
    }
  }

  /** Returns the same window a while ago, for labels that arrive late. */
  public HistoryWindow delayedBy(TimeWindow by) {
    if (delay != null) {
      throw new IllegalArgumentException(
          "delayedBy() is called twice, with %s and then %s: keep one"
              .formatted(delay.label(), by.label()));
    }
    if (by.delay() != null) {
      throw new IllegalArgumentException("a delay has no delay itself: " + by);
    }
    return new HistoryWindow(length, hop, by);
  }

  HistorySpan span() {
    long delayMillis = delay == null ? 0 : delay.lengthMillis();
    return length == null
        ? new HistorySpan(StateKind.FOREVER, 0, delayMillis)
        : new HistorySpan(length.lengthMillis(), hop.toMillis(), delayMillis);
  }

  @Override
  public String ending() {
    return "_"
        + (length == null ? "lifetime" : length.label())
        + (delay == null ? "" : "_after_" + delay.label());
  }

  @Override
  public String toString() {
    String end = delay == null ? "t" : "t − " + delay.label();
    return length == null
        ? "(−∞, " + end + "]"
        : "(⌊%s − %s⌋, %s], ⌊ ⌋ to a multiple of %s".formatted(end, length.label(), end, text(hop));
  }

  private static String text(Duration length) {
    for (TimeWindow.Unit unit : TimeWindow.Unit.LARGEST_FIRST) {
      if (length.toMillis() % unit.length().toMillis() == 0) {
        return length.dividedBy(unit.length()) + unit.symbol();
      }
    }
    return length.toString();
  }
}
