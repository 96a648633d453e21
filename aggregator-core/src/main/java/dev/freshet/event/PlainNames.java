package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Members.Node;
import java.util.Arrays;

/** Finds a wanted member by the bytes of its name, without making a text of them. */
final class PlainNames {

  private static final int FEWEST = 16;

  private byte[][] names = new byte[FEWEST][];
  private Node[] nodes = new Node[FEWEST];
  private int size;

  /** Adds a name. */
  void put(String name, Node node) {
    if (4 * (size + 1) > names.length) {
      grow();
    }
    put(name.getBytes(UTF_8), node);
  }

  private void put(byte[] name, Node node) {
    int slot = slot(hash(name), name, 0, name.length);
    size += names[slot] == null ? 1 : 0;
    names[slot] = name;
    nodes[slot] = node;
  }

  private void grow() {
    byte[][] oldNames = names;
    Node[] oldNodes = nodes;
    names = new byte[2 * oldNames.length][];
    nodes = new Node[names.length];
    size = 0;
    for (int i = 0; i < oldNames.length; i++) {
      if (oldNames[i] != null) {
        put(oldNames[i], oldNodes[i]);
      }
    }
  }

  /**
   * Returns the member of a name; null if it is not wanted.
   *
   * @param hash as {@link #hash} returns it
   */
  Node find(int hash, byte[] data, int from, int to) {
    int slot = slot(hash, data, from, to);
    return nodes[slot];
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
