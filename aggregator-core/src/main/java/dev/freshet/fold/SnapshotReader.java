package dev.freshet.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what {@link SnapshotWriter} wrote. */
public final class SnapshotReader {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;
  private byte[] lastId = SnapshotWriter.NO_ID;

  public SnapshotReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Creates a reader of a part of an array. */
  public SnapshotReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  public long number() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[position++];
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  public long signed() {
    long number = number();
    return unzigzag(number);
  }

  private static long unzigzag(long number) {
    return (number >>> 1) ^ -(number & 1);
  }

  public long value() {
    long number = number();
    if (number == 0) {
      return Occurrence.NO_VALUE;
    }
    return (number & 1) == 0 ? unzigzag((number >>> 1) - 1) * 1_000 : unzigzag(number >>> 1);
  }

  /**
   * Reads what a group takes from an event.
   *
   * @return the filters that it passes
   */
  public long columns(boolean hasFilters, long[] numbers, String[] texts) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value();
    }
    for (int i = 0; i < texts.length; i++) {
      int length = (int) number();
      texts[i] = length == 0 ? null : text(length - 1);
    }
    return hasFilters ? number() : 0;
  }

  public byte[] id() {
    int prefix = small();
    if (prefix == Uuids.MARK) {
      position += Uuids.PACKED;
      return Uuids.unpack(bytes, position - Uuids.PACKED);
    }
    int suffix = small();
    int middle = (int) number();
    byte[] id = new byte[prefix + middle + suffix];
    System.arraycopy(lastId, 0, id, 0, prefix);
    System.arraycopy(bytes, position, id, prefix, middle);
    System.arraycopy(lastId, lastId.length - suffix, id, prefix + middle, suffix);
    position += middle;
    lastId = id;
    return id;
  }

  public String text() {
    return text((int) number());
  }

  private String text(int length) {
    position += length;
    return new String(bytes, position - length, length, UTF_8);
  }

  public int small() {
    return bytes[position++] & 0xFF;
  }

  /** Reads a number of four bytes, the lowest first. */
  public int fixed() {
    position += Integer.BYTES;
    return (int) INT.get(bytes, position - Integer.BYTES);
  }

  /** Returns a reader of the next bytes alone. */
  public SnapshotReader part(int length) {
    position += length;
    return new SnapshotReader(bytes, position - length, length);
  }

  /** Returns a reader of the next bytes alone, which their length precedes. */
  public SnapshotReader sized() {
    return part((int) number());
  }

  /** Returns a copy of the remaining bytes. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, position, end);
  }

  /** Returns a copy of the next bytes. */
  public byte[] raw(int length) {
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public int remaining() {
    return end - position;
  }

  /** Returns whether the remaining bytes equal those of an array from an index to its end. */
  public boolean remains(byte[] other, int from) {
    return from >= 0 && Arrays.equals(bytes, position, end, other, from, other.length);
  }

  /** Returns the index in the array of the next byte to read. */
  public int position() {
    return position;
  }
}
