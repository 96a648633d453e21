package dev.freshet.lifecycle;

import java.util.List;

/**
 * The totals of a feature group with time windows.
 *
 * @param stages the number of stages of an item; 1 if items are events
 * @param intervals one for each total
 * @param holdMillis the time an item is held after the newest event that named it; an older event
 *     is late. So every event that is not late finds its item if it has one, and duplicates do no
 *     harm without a table of seen ids.
 */
public record Timeline(int stages, List<Interval> intervals, long holdMillis) {

  public Timeline {
    intervals = List.copyOf(intervals);
    if (intervals.size() > TotalChanges.MOST_TOTALS) {
      throw new IllegalArgumentException(
          "a timeline has at most %d totals: %d"
              .formatted(TotalChanges.MOST_TOTALS, intervals.size()));
    }
  }

  /**
   * Returns whether no feature value from an instant on can depend on an event of the given time.
   */
  public boolean isLate(long occurredAtMillis, long nowMillis) {
    return occurredAtMillis <= nowMillis - holdMillis;
  }

  /**
   * Returns the first instant after {@code nowMillis} at which an event that enters a stage may
   * change a total.
   */
  long firstChangeOf(int stage, long occurredAtMillis, long nowMillis) {
    if (occurredAtMillis > nowMillis) {
      return occurredAtMillis;
    }
    long first = Math.max(nowMillis + 1, occurredAtMillis + holdMillis);
    for (Interval interval : intervals) {
      long begins = occurredAtMillis + interval.delayMillis();
      if (interval.start() == stage && begins > nowMillis) {
        first = Math.min(first, begins);
      }
      for (int i = 0; i < interval.ends().size(); i++) {
        Interval.End end = interval.ends().get(i);
        long instant = occurredAtMillis + end.offsetMillis();
        if (end.stage() == stage && instant > nowMillis) {
          first = Math.min(first, instant);
        }
      }
    }
    return first;
  }
}
