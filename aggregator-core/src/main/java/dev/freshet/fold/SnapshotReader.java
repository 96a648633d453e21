package dev.freshet.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads what {@link SnapshotWriter} wrote. */
public final class SnapshotReader {

  private final byte[] bytes;
  private final int end;
  private int position;
  private byte[] lastId = SnapshotWriter.NO_ID;

  /** Reads a part of an array. */
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
    return (number >>> 1) ^ -(number & 1);
  }

  public long micros() {
    long number = number();
    return number == 1 ? signed() : ((number >>> 1) ^ -(number & 1)) / 2 * 1_000;
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
    int length = (int) number();
    position += length;
    return new String(bytes, position - length, length, UTF_8);
  }

  public int small() {
    return bytes[position++] & 0xFF;
  }

  public int remaining() {
    return end - position;
  }

  /** Where the next number starts in the array. */
  public int position() {
    return position;
  }

  /** Leaves bytes out. */
  public void skip(int count) {
    position += count;
  }
}
