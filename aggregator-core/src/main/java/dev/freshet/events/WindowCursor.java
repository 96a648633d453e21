package dev.freshet.events;

import dev.freshet.fold.StateKind;
import java.util.Arrays;

/**
 * One time window {@code (t − delay − length, t − delay]} on the ordered events of an entity: the
 * index of its first event, and that of the first event after it.
 */
final class WindowCursor {

  final long lengthMillis;
  final long delayMillis;
  private final TimeOrder order;
  private WindowSeries[] series = {};
  private int from;
  private int to;
  private long endMillis;

  /** The next instant at which an event enters or leaves; before the end if it is not known. */
  private long nextMillis = Long.MIN_VALUE;

  WindowCursor(long lengthMillis, long delayMillis, TimeOrder order, long nowMillis) {
    this.lengthMillis = lengthMillis;
    this.delayMillis = delayMillis;
    this.order = order;
    this.endMillis = nowMillis - delayMillis;
  }

  /** Returns the series of a selection of this window. */
  WindowSeries add(Selection selection, HeldEvents held) {
    WindowSeries added = new WindowSeries(selection, held, this);
    series = Arrays.copyOf(series, series.length + 1);
    series[series.length - 1] = added;
    return added;
  }

  /** Notes that an event was inserted into the order. */
  void inserted(int slot, long time) {
    from += time <= endMillis - lengthMillis ? 1 : 0;
    to += time <= endMillis ? 1 : 0;
    if (contains(time)) {
      count(slot, 1);
    }
    if (time > endMillis) {
      nextMillis = Math.min(nextMillis, time + delayMillis);
    } else if (time > endMillis - lengthMillis) {
      nextMillis = Math.min(nextMillis, time + lengthMillis + delayMillis);
    }
  }

  /** Notes that an event was removed from the order; the event is still in its slot. */
  void removed(int slot, long time) {
    from -= time <= endMillis - lengthMillis ? 1 : 0;
    to -= time <= endMillis ? 1 : 0;
    if (contains(time)) {
      count(slot, -1);
    }
    if (time > endMillis - lengthMillis) {
      nextMillis = Long.MIN_VALUE;
    }
  }

  private boolean contains(long time) {
    return time > endMillis - lengthMillis && time <= endMillis;
  }

  private void count(int slot, int sign) {
    for (WindowSeries each : series) {
      each.count(slot, sign);
    }
  }

  /** Moves the window to an instant, later or earlier; returns whether an event came or went. */
  boolean moveTo(long nowMillis) {
    boolean isSame = nowMillis - delayMillis >= endMillis && nowMillis < nextMillis;
    endMillis = nowMillis - delayMillis;
    if (isSame) {
      return false;
    }
    int fromBefore = from;
    int toBefore = to;
    while (to < order.size() && order.time(to) <= endMillis) {
      count(order.get(to++), 1);
    }
    while (from < to && order.time(from) <= endMillis - lengthMillis) {
      count(order.get(from++), -1);
    }
    while (from > 0 && order.time(from - 1) > endMillis - lengthMillis) {
      count(order.get(--from), 1);
    }
    while (to > 0 && order.time(to - 1) > endMillis) {
      count(order.get(--to), -1);
    }
    nextMillis = findNext();
    return from != fromBefore || to != toBefore;
  }

  private long findNext() {
    long next = to < order.size() ? order.time(to) + delayMillis : StateKind.FOREVER;
    return from < to ? Math.min(next, order.time(from) + lengthMillis + delayMillis) : next;
  }

  /** Returns the next instant at which an event enters or leaves the window. */
  long nextMillis() {
    if (nextMillis == Long.MIN_VALUE) {
      nextMillis = findNext();
    }
    return nextMillis;
  }

  /** Returns the number of events up to the end of the window. */
  int past() {
    return to;
  }

  int firstSeen(Selection selection) {
    int index = from;
    while (!isSeen(selection, index)) {
      index++;
    }
    return order.get(index);
  }

  int lastSeen(Selection selection) {
    int index = to - 1;
    while (!isSeen(selection, index)) {
      index--;
    }
    return order.get(index);
  }

  int[] allSeen(Selection selection, int size) {
    int[] slots = new int[size];
    for (int index = from, i = 0; i < size; index++) {
      if (isSeen(selection, index)) {
        slots[i++] = order.get(index);
      }
    }
    return slots;
  }

  private boolean isSeen(Selection selection, int index) {
    return order.isSeen(selection, index);
  }

  long sizeBytes() {
    long bytes = 64;
    for (WindowSeries each : series) {
      bytes += each.sizeBytes();
    }
    return bytes;
  }
}
