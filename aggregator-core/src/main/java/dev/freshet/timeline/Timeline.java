package dev.freshet.timeline;

import java.util.List;

/**
 * The totals of a feature group with time windows.
 *
 * @param stages the number of stages of an item; 1 where items are events
 * @param weights the number of weights of an item
 * @param intervals one for each total
 * @param holdMillis how long an item is held after the newest event that named it; an older event
 *     is late. Holding every item that an event which is not late can still name makes duplicates
 *     harmless, with no table of seen ids.
 */
public record Timeline(int stages, int weights, List<Interval> intervals, long holdMillis) {

  public Timeline {
    intervals = List.copyOf(intervals);
  }

  /** Whether nothing at or after an instant can depend on an event of the given time. */
  public boolean isLate(long occurredAtMillis, long nowMillis) {
    return occurredAtMillis <= nowMillis - holdMillis;
  }

  /** Adds what an item counts at an instant to every total, or with sign −1 takes it off. */
  void add(long[] totals, Item item, long atMillis, int sign) {
    for (int i = 0; i < totals.length; i++) {
      totals[i] += sign * intervals.get(i).weightAt(item, atMillis);
    }
  }

  /** The first instant after the given one at which the item changes a total. */
  long nextChange(Item item, long afterMillis) {
    long next = Item.NEVER;
    for (Interval interval : intervals) {
      next = Math.min(next, interval.nextChange(item, afterMillis));
    }
    return next;
  }
}
