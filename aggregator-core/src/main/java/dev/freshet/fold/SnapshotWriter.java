package dev.freshet.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes numbers and ids compactly; {@link SnapshotReader} reads them.
 *
 * <p>A number is written seven bits a byte, lowest first, in as few bytes as possible. An id is
 * written as its difference from the previous id: ids of one producer usually start or end alike. A
 * UUID takes 16 bytes.
 */
public final class SnapshotWriter {

  static final byte[] NO_ID = {};

  private byte[] bytes;
  private int length;
  private byte[] lastId = NO_ID;

  /** Creates an empty writer that grows as needed. */
  public SnapshotWriter(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  /** Writes a number; negative ones take ten bytes. */
  public SnapshotWriter number(long number) {
    require(10);
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Writes a number of either sign; compact near zero. */
  public SnapshotWriter signed(long number) {
    return number(zigzag(number));
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  /**
   * Writes a number of an event; compact near zero, and for whole thousands, which amounts in
   * millionths often are.
   */
  public SnapshotWriter value(long value) {
    if (value == Occurrence.NO_VALUE) {
      return number(0);
    }
    return value % 1_000 == 0
        ? number((zigzag(value / 1_000) + 1) << 1)
        : number((zigzag(value) << 1) | 1);
  }

  /** Writes what a group takes from an event. */
  public SnapshotWriter columns(boolean hasFilters, long[] numbers, String[] texts, long filters) {
    for (long number : numbers) {
      value(number);
    }
    for (String text : texts) {
      if (text == null) {
        number(0);
      } else {
        byte[] encoded = text.getBytes(UTF_8);
        number(encoded.length + 1L).raw(encoded, 0, encoded.length);
      }
    }
    return hasFilters ? number(filters) : this;
  }

  /** Writes an id. */
  public SnapshotWriter id(byte[] id) {
    byte[] uuid = Uuids.pack(id);
    if (uuid != null) {
      return small(Uuids.MARK).raw(uuid, 0, uuid.length);
    }
    int most = Math.min(Math.min(id.length, lastId.length), Uuids.MARK - 1);
    int mismatch = Arrays.mismatch(id, 0, most, lastId, 0, most);
    int prefix = mismatch < 0 ? most : mismatch;
    int suffix = 0;
    while (suffix < most - prefix
        && id[id.length - 1 - suffix] == lastId[lastId.length - 1 - suffix]) {
      suffix++;
    }
    int middle = id.length - prefix - suffix;
    small(prefix).small(suffix).number(middle).raw(id, prefix, middle);
    lastId = id;
    return this;
  }

  /** Writes a text in UTF-8, preceded by its length. */
  public SnapshotWriter text(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    return number(encoded.length).raw(encoded, 0, encoded.length);
  }

  /** Writes a byte. */
  public SnapshotWriter small(int number) {
    require(1);
    bytes[length++] = (byte) number;
    return this;
  }

  /** Writes a number of four bytes, the lowest first. */
  public SnapshotWriter fixed(int number) {
    return small(number).small(number >> 8).small(number >> 16).small(number >> 24);
  }

  /** Writes bytes unchanged. */
  public SnapshotWriter raw(byte[] source, int offset, int count) {
    require(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Writes all bytes of another writer, preceded by their length. */
  public SnapshotWriter sized(SnapshotWriter part) {
    return number(part.length).raw(part.bytes, 0, part.length);
  }

  /** Returns all bytes written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Returns all bytes written, preceded by their length. */
  public byte[] toSizedBytes() {
    return new SnapshotWriter(10 + length).sized(this).toBytes();
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
