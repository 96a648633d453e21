package dev.freshet.lifecycle;

import dev.freshet.fold.Occurrence;
import java.util.Arrays;

/**
 * The items that an entity holds, in flat arrays: for each the times of its stages, the newest time
 * of an event that named it, and its numbers.
 *
 * <p>Finds an id in constant time. Items are in the order in which they were added; they can only
 * be removed in bulk.
 */
final class Items {

  /** The time of a stage that was not entered. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int FEWEST = 8;
  private static final int SCRAMBLER = 0x9E3779B9;

  private final int stages;
  private final int values;
  private final int stride;
  private int size;
  private long[] numbers;
  private int[] hashes;
  private int[] idEnds;
  private byte[] idBytes;

  /** A hash table with open addressing: the index of an item plus one, or 0. */
  private int[] table;

  private byte[] hashedId;
  private int hashOfId;

  /**
   * @param expected the expected number of items
   */
  Items(int stages, int values, int expected) {
    this.stages = stages;
    this.values = values;
    this.stride = stages + 1 + 2 * values;
    int room = Math.max(FEWEST, expected);
    numbers = new long[room * stride];
    hashes = new int[room];
    idEnds = new int[room];
    idBytes = new byte[room * 16];
    table = new int[tableSize(room)];
  }

  int size() {
    return size;
  }

  long stageMillis(int item, int stage) {
    return numbers[item * stride + stage];
  }

  void setStage(int item, int stage, long millis) {
    numbers[item * stride + stage] = millis;
  }

  /** The newest {@code occurredAt} of an event that named the item. */
  long newestMillis(int item) {
    return numbers[item * stride + stages];
  }

  void setNewest(int item, long millis) {
    numbers[item * stride + stages] = millis;
  }

  /** A number that the item keeps, or {@code Occurrence.NO_VALUE}. */
  long value(int item, int value) {
    return numbers[item * stride + stages + 1 + 2 * value];
  }

  /** The time of the event that a number comes from; {@link #NEVER} without one. */
  long valueMillis(int item, int value) {
    return numbers[item * stride + stages + 2 + 2 * value];
  }

  void setValue(int item, int value, long number, long millis) {
    numbers[item * stride + stages + 1 + 2 * value] = number;
    numbers[item * stride + stages + 2 + 2 * value] = millis;
  }

  byte[] id(int item) {
    return Arrays.copyOfRange(idBytes, idStart(item), idEnds[item]);
  }

  /** Returns the index of an item, or −1. */
  int find(byte[] id) {
    int hash = hash(id);
    int mask = table.length - 1;
    for (int slot = slot(hash, mask); table[slot] != 0; slot = (slot + 1) & mask) {
      int item = table[slot] - 1;
      if (hashes[item] == hash
          && Arrays.equals(idBytes, idStart(item), idEnds[item], id, 0, id.length)) {
        return item;
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

  /** Adds a new item that has entered no stage; returns its index. */
  int add(byte[] id) {
    requireRoom(id.length);
    int item = size++;
    System.arraycopy(id, 0, idBytes, idStart(item), id.length);
    idEnds[item] = idStart(item) + id.length;
    hashes[item] = hash(id);
    Arrays.fill(numbers, item * stride, item * stride + stages, NEVER);
    numbers[item * stride + stages] = Long.MIN_VALUE;
    for (int value = 0; value < values; value++) {
      setValue(item, value, Occurrence.NO_VALUE, NEVER);
    }
    enter(item);
    return item;
  }

  /**
   * Removes the items whose newest event is not after an instant; returns whether there were any.
   */
  boolean dropUntil(long newestMillis) {
    int kept = 0;
    for (int item = 0; item < size; item++) {
      if (newestMillis(item) > newestMillis) {
        move(item, kept++);
      }
    }
    if (kept == size) {
      return false;
    }
    size = kept;
    fitArrays();
    index();
    return true;
  }

  private void move(int from, int to) {
    if (from == to) {
      return;
    }
    System.arraycopy(numbers, from * stride, numbers, to * stride, stride);
    int length = idEnds[from] - idStart(from);
    int start = idStart(to);
    System.arraycopy(idBytes, idStart(from), idBytes, start, length);
    idEnds[to] = start + length;
    hashes[to] = hashes[from];
  }

  /** Estimates the bytes of memory that they take. */
  long sizeBytes() {
    return 128L
        + 8L * numbers.length
        + 4L * (hashes.length + idEnds.length + table.length)
        + idBytes.length;
  }

  private int idStart(int item) {
    return item == 0 ? 0 : idEnds[item - 1];
  }

  private void requireRoom(int idLength) {
    if (size == hashes.length) {
      resize(2 * size);
      index();
    }
    int bytes = idStart(size) + idLength;
    if (bytes > idBytes.length) {
      idBytes = Arrays.copyOf(idBytes, Math.max(bytes, 2 * idBytes.length));
    }
  }

  /** Shrinks the arrays once most of their space is unused. */
  private void fitArrays() {
    if (hashes.length > 4 * Math.max(FEWEST, size)) {
      resize(2 * Math.max(FEWEST, size));
      idBytes = Arrays.copyOf(idBytes, Math.max(16, 2 * idStart(size)));
    }
  }

  private void resize(int room) {
    numbers = Arrays.copyOf(numbers, room * stride);
    hashes = Arrays.copyOf(hashes, room);
    idEnds = Arrays.copyOf(idEnds, room);
    table = new int[tableSize(room)];
  }

  private void index() {
    Arrays.fill(table, 0);
    for (int item = 0; item < size; item++) {
      enter(item);
    }
  }

  private void enter(int item) {
    int mask = table.length - 1;
    int slot = slot(hashes[item], mask);
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = item + 1;
  }

  private static int slot(int hash, int mask) {
    int scrambled = hash * SCRAMBLER;
    return (scrambled ^ (scrambled >>> 15)) & mask;
  }

  private static int tableSize(int room) {
    return Integer.highestOneBit(room * 2 - 1) << 1;
  }
}
