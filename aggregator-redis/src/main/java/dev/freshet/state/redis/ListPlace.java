package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.fold.SnapshotReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The place up to which a function has read an entity's list: in the list that begins with a
 * header, behind the snapshot and a number of records. The header and the last record tell whether
 * the list is still the same.
 */
final class ListPlace {

  private static final int HEADER_BYTES = 8;

  /** The index of the first record, after the header and the snapshot. */
  private static final int FIRST_RECORD = 2;

  static final byte[] NOTHING = {};

  private static final byte HEADER_MARK = 'H';
  private static final int FEWEST_RECORDS = 32;
  private static final int MOST_RECORDS = 4_096;

  /** Fewer records are many, too, if they take so much memory: large batches make large records. */
  private static final int MANY_BYTES = 1_024;

  /** More bytes take a script so long that they are read without one. */
  private static final int LARGE_BYTES = 1 << 17;

  private byte[] header = NOTHING;
  private int lastTag;
  private byte[] last = NOTHING;
  private int records;
  private long recordBytes;
  private long snapshotBytes;

  /**
   * Begins a list that is read from its start: reads its header and the length of its snapshot.
   *
   * @param elements the number of elements that follow in the reply
   * @return the number of records that follow the snapshot
   */
  int begin(SnapshotReader reply, int elements) {
    return begin(elements == 0 ? NOTHING : reply.raw(HEADER_BYTES), reply, elements);
  }

  /** Begins a list whose header was read before the other elements. */
  int begin(byte[] itsHeader, SnapshotReader reply, int elements) {
    begin(itsHeader, elements == 0 ? 0 : reply.number());
    return Math.max(0, elements - FIRST_RECORD);
  }

  /** Begins a list of a header and a snapshot. */
  void begin(byte[] itsHeader, long itsSnapshotBytes) {
    header = itsHeader;
    snapshotBytes = itsSnapshotBytes;
    records = 0;
    recordBytes = 0;
    last = NOTHING;
  }

  /** Passes a record; its reader does not move. */
  void pass(SnapshotReader record) {
    records++;
    recordBytes += record.remaining();
  }

  /** Passes the last record of the list; its reader does not move. */
  void passLast(int tag, SnapshotReader record) {
    pass(record);
    last = record.copy();
    lastTag = tag;
  }

  /** Returns whether a record is the last one passed. */
  boolean isLast(int tag, SnapshotReader record) {
    return tag == lastTag && record.remains(last, 0);
  }

  /** Forgets the list, as it was replaced. */
  void forget() {
    header = NOTHING;
  }

  /** Returns whether there is a list. */
  boolean hasList() {
    return header.length > 0;
  }

  /** The header that was read; empty if none was. */
  byte[] header() {
    return header;
  }

  /** Returns the header of a snapshot: its version, and a byte more if it is large. */
  static byte[] header(long version, int snapshotBytes) {
    return ByteBuffer.allocate(HEADER_BYTES + (snapshotBytes > LARGE_BYTES ? 1 : 0))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble((double) version)
        .array();
  }

  /** Returns the place in the form that {@code step.lua} expects. */
  byte[] toBytes() {
    if (!hasList()) {
      return NOTHING;
    }
    return records > 0
        ? Integer.toString(FIRST_RECORD + records - 1).getBytes(US_ASCII)
        : ByteBuffer.allocate(1 + header.length).put(HEADER_MARK).put(header).array();
  }

  /** The number of records read after the snapshot. */
  int records() {
    return records;
  }

  /** The number of elements of the list. */
  int length() {
    return hasList() ? FIRST_RECORD + records : 0;
  }

  long snapshotBytes() {
    return snapshotBytes;
  }

  /** Returns whether there are so many records, compared with the snapshot, that one is due. */
  boolean isSnapshotDue() {
    boolean areMany = records >= FEWEST_RECORDS || recordBytes >= MANY_BYTES;
    return records >= MOST_RECORDS || (areMany && recordBytes * 2 >= snapshotBytes);
  }

  /** The bytes of the snapshot and of the records. */
  long readBytes() {
    return snapshotBytes + recordBytes;
  }

  /** The bytes of memory that the last record takes. */
  long sizeBytes() {
    return last.length;
  }
}
