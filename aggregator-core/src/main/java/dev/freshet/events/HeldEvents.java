package dev.freshet.events;

import java.util.Arrays;

/**
 * The events that an entity holds, in slots: for each its id, its time, its numbers, texts and
 * filters, and how many windows hold it. Finds an id in constant time.
 */
public final class HeldEvents {

  private static final int FEWEST = 8;

  private final int width;
  private final int textWidth;
  private int size;
  private int used;
  private int[] free = {};
  private int freeCount;
  private long[] times = new long[FEWEST];
  private byte[][] ids = new byte[FEWEST][];
  private int[] hashes = new int[FEWEST];
  private int[] holders = new int[FEWEST];
  private int[] types = new int[FEWEST];
  private long[] filters = new long[FEWEST];
  private long[] numbers;
  private String[] texts;
  private long textBytes;
  private byte[] hashedId;
  private int hashOfId;

  /** A hash table with open addressing: a slot plus one, or 0. */
  private int[] table = new int[2 * FEWEST];

  public HeldEvents(int width, int textWidth) {
    this.width = width;
    this.textWidth = textWidth;
    this.numbers = new long[FEWEST * width];
    this.texts = new String[FEWEST * textWidth];
  }

  public int size() {
    return size;
  }

  public long time(int slot) {
    return times[slot];
  }

  public byte[] id(int slot) {
    return ids[slot];
  }

  public int type(int slot) {
    return types[slot];
  }

  public long filters(int slot) {
    return filters[slot];
  }

  /** All numbers; those of a slot start at {@code slot · width}. */
  public long[] numbers() {
    return numbers;
  }

  public int width() {
    return width;
  }

  public String text(int slot, int place) {
    return texts[slot * textWidth + place];
  }

  public boolean isSeen(Selection selection, int slot) {
    return selection.sees(filters[slot], numbers, slot * width, texts, slot * textWidth);
  }

  /** Returns the slot of an id, or −1. */
  public int find(byte[] id) {
    int hash = hash(id);
    for (int at = home(hash); table[at] != 0; at = next(at)) {
      int slot = table[at] - 1;
      if (hashes[slot] == hash && Arrays.equals(ids[slot], id)) {
        return slot;
      }
    }
    return -1;
  }

  /** Computes a hash once for an id that is looked for and then added. */
  private int hash(byte[] id) {
    if (id != hashedId) {
      hashedId = id;
      hashOfId = Arrays.hashCode(id);
    }
    return hashOfId;
  }

  /** Adds an event that no window holds yet; returns its slot. */
  public int add(
      byte[] id, long time, int type, long passed, long[] itsNumbers, String[] itsTexts) {
    if (freeCount == 0 && used == times.length) {
      grow();
    }
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    size++;
    ids[slot] = id;
    hashes[slot] = hash(id);
    times[slot] = time;
    filters[slot] = passed;
    holders[slot] = 0;
    types[slot] = type;
    System.arraycopy(itsNumbers, 0, numbers, slot * width, width);
    for (int i = 0; i < textWidth; i++) {
      texts[slot * textWidth + i] = itsTexts[i];
      textBytes += sizeOf(itsTexts[i]);
    }
    enter(slot);
    return slot;
  }

  public void hold(int slot) {
    holders[slot]++;
  }

  /** Notes that a window holds an event no more; drops it if none does. */
  public void release(int slot) {
    if (--holders[slot] == 0) {
      remove(slot);
    }
  }

  /** Drops an event unless a window holds it; returns whether one does. */
  boolean keepIfHeld(int slot) {
    if (holders[slot] == 0) {
      remove(slot);
      return false;
    }
    return true;
  }

  private void remove(int slot) {
    leave(slot);
    ids[slot] = null;
    for (int i = slot * textWidth; i < (slot + 1) * textWidth; i++) {
      textBytes -= sizeOf(texts[i]);
      texts[i] = null;
    }
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(FEWEST, 2 * free.length));
    }
    free[freeCount++] = slot;
    size--;
  }

  /** Compares the order of two events: by time, then by the bytes of the id. */
  public int compare(int left, int right) {
    int byTime = Long.compare(times[left], times[right]);
    return byTime != 0 ? byTime : Arrays.compareUnsigned(ids[left], ids[right]);
  }

  private void grow() {
    int room = 2 * times.length;
    times = Arrays.copyOf(times, room);
    ids = Arrays.copyOf(ids, room);
    hashes = Arrays.copyOf(hashes, room);
    holders = Arrays.copyOf(holders, room);
    types = Arrays.copyOf(types, room);
    filters = Arrays.copyOf(filters, room);
    numbers = Arrays.copyOf(numbers, room * width);
    texts = Arrays.copyOf(texts, room * textWidth);
    table = new int[2 * room];
    for (int slot = 0; slot < used; slot++) {
      enter(slot);
    }
  }

  private void enter(int slot) {
    int at = home(hashes[slot]);
    while (table[at] != 0) {
      at = next(at);
    }
    table[at] = slot + 1;
  }

  /**
   * Removes a slot from the table, and moves the entries behind it that could not be found then.
   */
  private void leave(int slot) {
    int hole = home(hashes[slot]);
    while (table[hole] != slot + 1) {
      hole = next(hole);
    }
    for (int at = next(hole); table[at] != 0; at = next(at)) {
      int home = home(hashes[table[at] - 1]);
      boolean mustStay = hole < at ? hole < home && home <= at : hole < home || home <= at;
      if (!mustStay) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = 0;
  }

  private int home(int hash) {
    return ((hash * 0x9E3779B9) >>> 7) & (table.length - 1);
  }

  private int next(int at) {
    return (at + 1) & (table.length - 1);
  }

  private static long sizeOf(String text) {
    return text == null ? 0 : 56 + text.length();
  }

  /** Estimates the bytes of memory that they take. */
  public long sizeBytes() {
    return 128L
        + times.length * (8L + 8L + 4L + 4L + 4L + 8L + 8L * width + 8L * textWidth)
        + 4L * (table.length + free.length)
        + 56L * size
        + textBytes;
  }
}
