package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Finds the index of a wanted member by the bytes of its name, without making a text of them. */
final class FlatNames {

  /** Stands for a name that is not wanted. */
  static final int OTHER = -1;

  /** Stands for a member of which members inside are wanted. */
  static final int NESTED = -2;

  private static final int FEWEST = 16;

  private byte[][] names = new byte[FEWEST][];
  private int[] indexes = new int[FEWEST];
  private int size;

  /** Adds a name, or gives it another index. */
  void put(String name, int index) {
    if (4 * (size + 1) > names.length) {
      grow();
    }
    put(name.getBytes(UTF_8), index);
  }

  private void put(byte[] name, int index) {
    int slot = slot(hash(name), name, 0, name.length);
    size += names[slot] == null ? 1 : 0;
    names[slot] = name;
    indexes[slot] = index;
  }

  private void grow() {
    byte[][] oldNames = names;
    int[] oldIndexes = indexes;
    names = new byte[2 * oldNames.length][];
    indexes = new int[names.length];
    size = 0;
    for (int i = 0; i < oldNames.length; i++) {
      if (oldNames[i] != null) {
        put(oldNames[i], oldIndexes[i]);
      }
    }
  }

  /**
   * Returns the index of a name, {@link #NESTED} or {@link #OTHER}.
   *
   * @param hash as {@link #hash} returns it
   */
  int find(int hash, byte[] data, int from, int to) {
    int slot = slot(hash, data, from, to);
    return names[slot] == null ? OTHER : indexes[slot];
  }

  private int slot(int hash, byte[] data, int from, int to) {
    int slot = hash & (names.length - 1);
    while (names[slot] != null
        && !Arrays.equals(names[slot], 0, names[slot].length, data, from, to)) {
      slot = (slot + 1) & (names.length - 1);
    }
    return slot;
  }

  private static int hash(byte[] name) {
    int hash = 0;
    for (byte each : name) {
      hash = hash(hash, each);
    }
    return hash;
  }

  /** Returns the hash of a name from that of all its bytes but the last. */
  static int hash(int before, byte last) {
    return 31 * before + last;
  }
}
