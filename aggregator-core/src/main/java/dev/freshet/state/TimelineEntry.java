package dev.freshet.state;

import dev.freshet.definition.Computation;
import dev.freshet.event.Event;

/**
 * What an event tells a timeline.
 *
 * @param item the event itself, or the order it belongs to
 * @param stage the stage that the item enters
 * @param weights whole units, millionths and presence of the event's value; empty in a group
 *     without a value
 */
public record TimelineEntry(String item, int stage, long... weights) {

  private static final long[] WEIGHTLESS = {};
  private static final long[] NO_VALUE = {0, 0, 0};
  private static final long MICROS_PER_UNIT = 1_000_000;

  public static TimelineEntry of(Computation.OfTimeline computation, Event event) {
    return computation.itemsAreOrders()
        ? new TimelineEntry(event.orderId(), event.type(), WEIGHTLESS)
        : new TimelineEntry(event.eventId(), 0, weights(computation, event));
  }

  /**
   * Sums are kept as whole units and millionths apart: each stays far below 2⁵³, up to which Lua's
   * numbers are exact.
   */
  private static long[] weights(Computation.OfTimeline computation, Event event) {
    if (computation.value().isEmpty()) {
      return WEIGHTLESS;
    }
    return event.hasValue()
        ? new long[] {
          event.valueMicros() / MICROS_PER_UNIT, event.valueMicros() % MICROS_PER_UNIT, 1
        }
        : NO_VALUE;
  }
}
