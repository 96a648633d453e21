package dev.freshet.events;

import java.util.Arrays;

/**
 * The slots of events in the order of ({@code occurredAt}, id). Adds at the end in constant time.
 */
final class TimeOrder {

  private final HeldEvents held;
  private int[] slots = new int[8];
  private int first;
  private int last;

  TimeOrder(HeldEvents held) {
    this.held = held;
  }

  int size() {
    return last - first;
  }

  /** Returns the slot at an index; 0 is the oldest. */
  int get(int index) {
    return slots[first + index];
  }

  long time(int index) {
    return held.time(slots[first + index]);
  }

  boolean isSeen(Selection selection, int index) {
    return held.isSeen(selection, slots[first + index]);
  }

  /** Adds a slot at its place. */
  void insert(int slot) {
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

  boolean contains(int slot) {
    int place = search(slot, last);
    return place < last && slots[place] == slot;
  }

  /** Removes a slot that is among them. */
  void remove(int slot) {
    int place = search(slot, last);
    System.arraycopy(slots, place + 1, slots, place, last - place - 1);
    last--;
  }

  void removeFirst() {
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

  private int makeRoom() {
    int moved = first;
    int[] target = first > slots.length / 4 ? slots : new int[2 * slots.length];
    System.arraycopy(slots, first, target, 0, last - first);
    slots = target;
    last -= first;
    first = 0;
    return moved;
  }

  int[] toArray() {
    return Arrays.copyOfRange(slots, first, last);
  }

  long sizeBytes() {
    return 32L + 4L * slots.length;
  }
}
