package dev.freshet.events;

import java.util.Arrays;

/**
 * The slots of events in the order of ({@code occurredAt}, id). Adds at the end in constant time.
 */
public final class TimeOrder {

  private final HeldEvents held;
  private int[] slots = new int[8];
  private int first;
  private int last;

  public TimeOrder(HeldEvents held) {
    this.held = held;
  }

  public int size() {
    return last - first;
  }

  /** Returns the slot at an index; 0 is the oldest. */
  public int get(int index) {
    return slots[first + index];
  }

  public long time(int index) {
    return held.time(slots[first + index]);
  }

  public boolean isSeen(Selection selection, int index) {
    return held.isSeen(selection, slots[first + index]);
  }

  /** Adds a slot at its place. */
  public void insert(int slot) {
    int place = last;
    while (place > first && held.compare(slots[place - 1], slot) > 0) {
      place = place - first > 16 ? search(slot, place) : place - 1;
    }
    if (last == slots.length) {
      place -= makeRoom();
    }
    System.arraycopy(slots, place, slots, place + 1, last - place);
    slots[place] = slot;
    last++;
  }

  public boolean contains(int slot) {
    int place = search(slot, last);
    return place < last && slots[place] == slot;
  }

  /** Removes a slot that is among them. */
  public void remove(int slot) {
    int place = search(slot, last);
    System.arraycopy(slots, place + 1, slots, place, last - place - 1);
    last--;
  }

  public void removeFirst() {
    first++;
  }

  /** Returns the first place whose event is not before an event. */
  private int search(int slot, int end) {
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (held.compare(slots[middle], slot) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the number of events at or before an instant. */
  public int until(long millis) {
    if (last == first || held.time(slots[last - 1]) <= millis) {
      return size(); // seldom is an event ahead of the clock
    }
    int low = first;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (held.time(slots[middle]) <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - first;
  }

  private int makeRoom() {
    int moved = first;
    int[] target = first > slots.length / 4 ? slots : new int[2 * slots.length];
    System.arraycopy(slots, first, target, 0, last - first);
    slots = target;
    last -= first;
    first = 0;
    return moved;
  }

  public int[] toArray() {
    return Arrays.copyOfRange(slots, first, last);
  }

  public long sizeBytes() {
    return 32L + 4L * slots.length;
  }
}
