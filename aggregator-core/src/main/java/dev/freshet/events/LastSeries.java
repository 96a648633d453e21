package dev.freshet.events;

import dev.freshet.fold.StateKind;
import java.util.Arrays;

/**
 * The newest events that some features see, oldest first. If they must lie in a time window, events
 * ahead of the clock are held besides.
 */
final class LastSeries extends SlotSamples {

  private int[] slots = new int[8];
  private int count;
  private int from;
  private int to;
  private long nowMillis;

  LastSeries(Selection selection, HeldEvents held, long nowMillis) {
    super(selection, held);
    this.nowMillis = nowMillis;
  }

  /** Holds an event if it is one of the newest, in place of the oldest. */
  void insert(int slot) {
    int place = count;
    while (place > 0 && held.compare(slots[place - 1], slot) > 0) {
      place--;
    }
    if (isOver(slot) || (isFull() && place == 0 && !isAhead(slot))) {
      return; // too old, or older than all of them
    }
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
    }
    System.arraycopy(slots, place, slots, place + 1, count - place);
    slots[place] = slot;
    count++;
    held.hold(slot);
    moved();
    dropSurplus();
    look();
  }

  private boolean isFull() {
    return (selection.hasAge() ? past() : count) >= selection.last();
  }

  private boolean isOver(int slot) {
    return selection.hasAge() && held.time(slot) <= nowMillis - selection.lengthMillis();
  }

  private boolean isAhead(int slot) {
    return selection.hasAge() && held.time(slot) > nowMillis;
  }

  /** Removes an event if it is held. */
  void remove(int slot) {
    for (int i = count - 1; i >= 0; i--) {
      if (slots[i] == slot) {
        removeAt(i);
        look();
        return;
      }
    }
  }

  private void removeAt(int index) {
    int slot = slots[index];
    System.arraycopy(slots, index + 1, slots, index, count - index - 1);
    count--;
    held.release(slot);
    moved();
  }

  private void dropSurplus() {
    int surplus = (selection.hasAge() ? past() : count) - selection.last();
    for (int i = 0; i < surplus; i++) {
      removeAt(0);
    }
  }

  /** Lets time pass; drops events that no later instant can see. */
  void advanceTo(long instant) {
    nowMillis = instant;
    if (selection.hasAge()) {
      dropSurplus();
      while (count > 0 && isOver(slots[0])) {
        removeAt(0);
      }
      look();
    }
  }

  /** Looks at another instant without dropping anything; returns whether others are seen. */
  boolean lookAt(long instant) {
    nowMillis = instant;
    return look();
  }

  private boolean look() {
    int toBefore = to;
    int fromBefore = from;
    to = selection.hasAge() ? past() : count;
    from = Math.max(0, to - selection.last());
    if (selection.hasAge()) {
      while (from < to && isOver(slots[from])) {
        from++;
      }
    }
    boolean areOthers = from != fromBefore || to != toBefore;
    if (areOthers) {
      moved();
    }
    return areOthers;
  }

  private int past() {
    int past = count;
    while (past > 0 && held.time(slots[past - 1]) > nowMillis) {
      past--;
    }
    return past;
  }

  /** Returns the next instant at which an event enters or leaves. */
  long nextMillis() {
    if (!selection.hasAge()) {
      return StateKind.FOREVER;
    }
    long next = to < count ? held.time(slots[to]) : StateKind.FOREVER;
    return from < to ? Math.min(next, held.time(slots[from]) + selection.lengthMillis()) : next;
  }

  boolean isFullSince(long millis) {
    return count == selection.last() && held.time(slots[0]) >= millis;
  }

  /** The time of the newest event that is seen; {@code Long.MIN_VALUE} if there is none. */
  long newestPastMillis() {
    return to == 0 ? Long.MIN_VALUE : held.time(slots[to - 1]);
  }

  long newestMillis() {
    return count == 0 ? Long.MIN_VALUE : held.time(slots[count - 1]);
  }

  int[] all() {
    return Arrays.copyOf(slots, count);
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  int slot(int index) {
    return slots[from + index];
  }

  long sizeBytes() {
    return 128L + 4L * slots.length;
  }
}
