package dev.freshet.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The item that has counted longest in an interval. Finds it in O(log n). */
final class OldestItem {

  private record Entry(long sinceMillis, int item) {}

  private final int total;
  private final Interval interval;
  private final Items items;
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::sinceMillis).thenComparingInt(Entry::item));

  OldestItem(int total, Interval interval, Items items) {
    this.total = total;
    this.interval = interval;
    this.items = items;
  }

  /** Notes that an item is new, or began earlier than it did before. */
  void add(int item) {
    long since = interval.startOf(items, item);
    if (since != Items.NEVER) {
      queue.add(new Entry(since, item));
    }
  }

  /** Starts anew, as items have other indexes. */
  void rebuild() {
    queue.clear();
    for (int item = 0; item < items.size(); item++) {
      add(item);
    }
  }

  /** The total whose items it compares. */
  int total() {
    return total;
  }

  /** Returns the time at which the oldest item began; NaN if none counts at the instant. */
  double sinceAt(long instant) {
    Entry first = firstAt(instant);
    return first == null || first.sinceMillis() > instant ? Double.NaN : first.sinceMillis();
  }

  /** Returns the first entry that counts at an instant or later; an item never counts again. */
  private Entry firstAt(long instant) {
    while (!queue.isEmpty() && isOver(queue.peek(), instant)) {
      queue.poll();
    }
    return queue.peek();
  }

  private boolean isOver(Entry entry, long instant) {
    return interval.startOf(items, entry.item()) != entry.sinceMillis()
        || interval.endOf(items, entry.item()) <= Math.max(instant, entry.sinceMillis());
  }

  /** Returns the next instant at which another item is the oldest; {@link Items#NEVER} if none. */
  long nextChangeMillis(long instant) {
    Entry first = firstAt(instant);
    if (first == null || first.sinceMillis() > instant) {
      return first == null ? Items.NEVER : first.sinceMillis();
    }
    List<Entry> equals = new ArrayList<>();
    long last = instant;
    while (firstAt(instant) != null && queue.peek().sinceMillis() == first.sinceMillis()) {
      equals.add(queue.poll());
      last = Math.max(last, interval.endOf(items, equals.get(equals.size() - 1).item()));
    }
    queue.addAll(equals);
    return last;
  }

  long sizeBytes() {
    return 64L + 40L * queue.size();
  }
}
