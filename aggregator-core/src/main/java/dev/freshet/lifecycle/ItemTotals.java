package dev.freshet.lifecycle;

import java.util.List;
import java.util.function.Predicate;

/** The totals of some items at an instant, and their future changes. */
final class ItemTotals {

  private final List<Interval> intervals;
  private final Items items;
  private final TotalChanges changes = new TotalChanges();
  private final long[] totals;
  private long[] before;
  private long[] counts;
  private long asOfMillis;

  ItemTotals(List<Interval> intervals, Items items, long nowMillis) {
    this.intervals = intervals;
    this.items = items;
    this.totals = new long[intervals.size()];
    this.before = new long[3 * intervals.size()];
    this.counts = new long[3 * intervals.size()];
    this.asOfMillis = nowMillis;
  }

  /** Advances to an instant that is not before the last one; returns whether a total changed. */
  boolean advanceTo(long nowMillis) {
    asOfMillis = nowMillis;
    if (changes.firstInstant() > nowMillis) {
      return false;
    }
    changes.passTo(nowMillis, totals);
    return true;
  }

  /** Lets an item count. */
  void add(int item) {
    add(item, 1);
  }

  /** Lets an item count no more. */
  void remove(int item) {
    add(item, -1);
  }

  private void add(int item, int sign) {
    note(item);
    for (int i = 0; i < counts.length; i += 3) {
      add(i / 3, counts[i], counts[i + 1], sign * counts[i + 2]);
    }
  }

  /** Notes for each total when an item begins to count, when it ends, and its weight. */
  void note(int item) {
    for (int total = 0; total < totals.length; total++) {
      Interval interval = intervals.get(total);
      counts[3 * total] = interval.startOf(items, item);
      counts[3 * total + 1] = interval.endOf(items, item);
      counts[3 * total + 2] = interval.weightOf(items, item);
    }
  }

  /**
   * Counts an item as it is now instead of as it was at {@link #note}; an event changes few of its
   * intervals.
   */
  void replace(int item) {
    long[] now = before;
    before = counts;
    counts = now;
    note(item);
    for (int i = 0; i < now.length; i += 3) {
      if (now[i] != before[i] || now[i + 1] != before[i + 1] || now[i + 2] != before[i + 2]) {
        add(i / 3, before[i], before[i + 1], -before[i + 2]);
        add(i / 3, now[i], now[i + 1], now[i + 2]);
      }
    }
  }

  /** Returns whether {@link #replace} let an item begin at another instant in a total. */
  boolean hasNewBegin(int total) {
    return counts[3 * total] != before[3 * total];
  }

  /** Adds a weight to a total, present or future, from one instant to another. */
  private void add(int total, long from, long to, long weight) {
    if (from == Items.NEVER || to <= Math.max(from, asOfMillis) || weight == 0) {
      return;
    }
    if (from > asOfMillis) {
      changes.add(from, total, weight);
    } else {
      totals[total] += weight;
    }
    if (to != Items.NEVER) {
      changes.add(to, total, -weight);
    }
  }

  /** The totals at the instant, in the order of the intervals; not copied. */
  long[] now() {
    return totals;
  }

  /** Returns the first instant at which the totals differ in a way that matters. */
  long nextChangeMillis(Predicate<long[]> matters) {
    return changes.firstInstant(totals, matters);
  }

  /** Returns whether no total changes any more. */
  boolean areFinal() {
    return changes.firstInstant() == TotalChanges.NEVER;
  }

  /** Estimates the bytes of memory that they take. */
  long sizeBytes() {
    return 8L * totals.length + changes.sizeBytes();
  }
}
