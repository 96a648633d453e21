package dev.freshet.featurestore.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Finds the index of a field by its bytes, without an object. */
final class FieldIndex {

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Indexes plus one by the hash of the field, then in the places that follow; 0 is free. */
  private final int[] slots;

  private final ByteBuffer[] fields;

  FieldIndex(List<byte[]> fields) {
    this.fields = fields.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
    this.slots = new int[4 * Integer.highestOneBit(fields.size() + 1)];
    for (int i = 0; i < this.fields.length; i++) {
      int slot = slot(this.fields[i]);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = i + 1;
    }
  }

  /** Returns the index of a field; −1 if it is not among them. */
  int of(ByteBuffer field) {
    for (int slot = slot(field); slots[slot] != 0; slot = next(slot)) {
      int index = slots[slot] - 1;
      if (fields[index].equals(field)) {
        return index;
      }
    }
    return -1;
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private int slot(ByteBuffer field) {
    field.order(ByteOrder.BIG_ENDIAN);
    int at = field.position();
    int end = field.limit();
    long hash = (long) end - at;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = (hash ^ field.getLong(at)) * MIX;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ field.get(at)) * MIX;
    }
    return (int) (hash >>> 32) & (slots.length - 1);
  }
}
