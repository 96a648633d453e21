package dev.freshet.replay.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Records one after another in one array, each behind its length. */
final class Block {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

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
    INT.set(bytes, length, record.length);
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
    return start + Integer.BYTES + (int) INT.get(bytes, start);
  }

  /** Returns a copy of the record whose frame starts at an index. */
  byte[] record(int start) {
    return Arrays.copyOfRange(bytes, start + Integer.BYTES, end(start));
  }
}
