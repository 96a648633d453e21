package dev.freshet.replay.sort;

import java.util.Arrays;

/** Records one after another in one array, each behind its length. */
final class Block {

  private byte[] bytes;
  private int length;
  private int records;

  /** Creates a block that holds a record. */
  Block(int roomBytes, byte[] record) {
    bytes = new byte[Math.max(roomBytes, Integer.BYTES + record.length)];
    add(record);
  }

  /** Adds a record if there is room for it. */
  boolean add(byte[] record) {
    int end = length + Integer.BYTES + record.length;
    if (end > bytes.length) {
      return false;
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[length + i] = (byte) (record.length >>> 8 * i);
    }
    System.arraycopy(record, 0, bytes, length + Integer.BYTES, record.length);
    length = end;
    records++;
    return true;
  }

  /** Gives back the room that is left. */
  Block trimmed() {
    bytes = length < bytes.length ? Arrays.copyOf(bytes, length) : bytes;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes in use. */
  int length() {
    return length;
  }

  int records() {
    return records;
  }

  boolean isEnd(int start) {
    return start >= length;
  }

  /** Returns the end of the record whose frame starts at an index. */
  int end(int start) {
    int size = 0;
    for (int i = Integer.BYTES - 1; i >= 0; i--) {
      size = size << 8 | (bytes[start + i] & 0xFF);
    }
    return start + Integer.BYTES + size;
  }

  /** Returns a copy of the record whose frame starts at an index. */
  byte[] record(int start) {
    return Arrays.copyOfRange(bytes, start + Integer.BYTES, end(start));
  }
}
