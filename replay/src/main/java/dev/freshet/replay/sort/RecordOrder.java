package dev.freshet.replay.sort;

import dev.freshet.replay.sort.ExternalSort.Order;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Sorts the records of blocks, as unsigned bytes.
 *
 * <p>If records start with keys, brings those of a key together first, in one pass: they are few
 * then, and often in order already.
 */
final class RecordOrder {

  private final Block[] blocks;

  /** The places of all records: the index of the block, then the start in it. */
  private long[] places;

  private RecordOrder(List<Block> blocks) {
    this.blocks = blocks.toArray(Block[]::new);
    this.places = new long[blocks.stream().mapToInt(Block::records).sum()];
    int count = 0;
    for (int i = 0; i < this.blocks.length; i++) {
      for (int start = 0; !this.blocks[i].isEnd(start); start = this.blocks[i].end(start)) {
        places[count++] = (long) i << Integer.SIZE | start;
      }
    }
  }

  /** Returns all records in order. */
  static Iterator<byte[]> of(List<Block> blocks, Order wanted) {
    RecordOrder order = new RecordOrder(blocks);
    int from = 0;
    for (int end : order.groups(wanted)) {
      order.sort(from, end);
      from = end;
    }
    return order.new Reader();
  }

  private final class Reader implements Iterator<byte[]> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < places.length;
    }

    @Override
    public byte[] next() {
      if (next == places.length) {
        throw new NoSuchElementException();
      }
      long place = places[next++];
      return blocks[(int) (place >>> Integer.SIZE)].record((int) place);
    }
  }

  /** Returns the ends of the groups of records to sort. */
  private int[] groups(Order wanted) {
    return switch (wanted) {
      case NONE -> new int[] {};
      case SORTED -> new int[] {places.length};
      case SORTED_BY_KEY -> groupByKey();
    };
  }

  /** Brings the records of a key together, keys in order; returns the ends of the groups. */
  private int[] groupByKey() {
    int[] keyOf = new int[places.length];
    long[] firsts = numberKeys(keyOf);
    // Keys differ before they end, so that any two of their records compare as they do.
    int[] inOrder =
        IntStream.range(0, firsts.length)
            .boxed()
            .sorted((a, b) -> compare(firsts[a], firsts[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ends = new int[firsts.length];
    for (int key : keyOf) {
      ends[key]++;
    }
    int start = 0;
    for (int key : inOrder) {
      start += ends[key];
      ends[key] = start - ends[key];
    }
    long[] grouped = new long[places.length];
    for (int i = 0; i < keyOf.length; i++) {
      grouped[ends[keyOf[i]]++] = places[i];
    }
    places = grouped;
    return Arrays.stream(inOrder).map(key -> ends[key]).toArray();
  }

  /**
   * Numbers the keys of all records as they appear.
   *
   * @return the place of the first record of each key
   */
  private long[] numberKeys(int[] keyOf) {
    long[] firsts = new long[16];
    int[] table = new int[64];
    int keys = 0;
    for (int i = 0; i < keyOf.length; i++) {
      int length = keyLength(places[i]);
      int at = hash(places[i], length) & (table.length - 1);
      while (table[at] != 0 && !startsAlike(places[i], firsts[table[at] - 1], length)) {
        at = (at + 1) & (table.length - 1);
      }
      if (table[at] == 0) {
        firsts = keys == firsts.length ? Arrays.copyOf(firsts, 2 * keys) : firsts;
        firsts[keys++] = places[i];
        table[at] = keys;
      }
      keyOf[i] = table[at] - 1;
      table = 2 * keys > table.length ? larger(table, firsts, keys) : table;
    }
    return Arrays.copyOf(firsts, keys);
  }

  private int[] larger(int[] table, long[] firsts, int keys) {
    int[] larger = new int[4 * table.length];
    for (int key = 0; key < keys; key++) {
      int at = hash(firsts[key], keyLength(firsts[key])) & (larger.length - 1);
      while (larger[at] != 0) {
        at = (at + 1) & (larger.length - 1);
      }
      larger[at] = key + 1;
    }
    return larger;
  }

  private byte[] bytes(long place) {
    return blocks[(int) (place >>> Integer.SIZE)].bytes();
  }

  private static int start(long place) {
    return (int) place + Integer.BYTES;
  }

  private int end(long place) {
    return blocks[(int) (place >>> Integer.SIZE)].end((int) place);
  }

  private int keyLength(long place) {
    byte[] bytes = bytes(place);
    int end = start(place) + 1;
    while (bytes[end] != KeyWriter.ESCAPE || bytes[end + 1] != KeyWriter.END) {
      end += bytes[end] == KeyWriter.ESCAPE ? 2 : 1;
    }
    return end + 2 - start(place);
  }

  private int hash(long place, int length) {
    byte[] bytes = bytes(place);
    int hash = 1;
    for (int i = start(place); i < start(place) + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash * 0x9E3779B9) >>> 7;
  }

  private boolean startsAlike(long a, long b, int length) {
    int inA = start(a);
    int inB = start(b);
    byte[] other = bytes(b);
    return inB + length <= other.length
        && Arrays.equals(bytes(a), inA, inA + length, other, inB, inB + length);
  }

  private int compare(long a, long b) {
    return Arrays.compareUnsigned(bytes(a), start(a), end(a), bytes(b), start(b), end(b));
  }

  /** Sorts a range by merging, which is one pass if it is in order. */
  private void sort(int from, int to) {
    if (!isSorted(from, to)) {
      sort(from, to, new long[to - from], from);
    }
  }

  private boolean isSorted(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (compare(places[i - 1], places[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  private void sort(int from, int to, long[] spare, int base) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle, spare, base);
    sort(middle, to, spare, base);
    if (compare(places[middle - 1], places[middle]) > 0) {
      merge(from, middle, to, spare, base);
    }
  }

  private void merge(int from, int middle, int to, long[] spare, int base) {
    System.arraycopy(places, from, spare, from - base, middle - from);
    int left = from - base;
    int leftEnd = middle - base;
    int right = middle;
    for (int into = from; left < leftEnd; into++) {
      boolean isRight = right < to && compare(spare[left], places[right]) > 0;
      places[into] = isRight ? places[right++] : spare[left++];
    }
  }
}
