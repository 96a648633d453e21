package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStoreException;
import java.util.Arrays;

/**
 * What a function knows of an entity's list: the state that its snapshot and its records make, up
 * to a place. Not safe for use by several threads.
 */
final class CachedEntity {

  static final int HEADER_BYTES = 8;

  /** The elements in front of the records: the header and the snapshot. */
  static final int FIRST_RECORD = 2;

  private static final byte[] NOTHING = {};
  private static final int FORMAT = 1;
  private static final int FEWEST_RECORDS = 32;
  private static final int MOST_RECORDS = 4_096;

  private final FeatureGroup group;
  private final String entity;
  private EntityState state;
  private byte[] header = NOTHING;
  private byte[] last = NOTHING;
  private int count;
  private long recordBytes;
  private long snapshotBytes;
  private long readMillis;

  CachedEntity(FeatureGroup group, String entity) {
    this.group = group;
    this.entity = entity;
  }

  /** What was read: a list, its header, and how many elements there were. */
  record Read(byte[] list, byte[] header, int length) implements KeyState.Place {}

  /** The header that is known; empty if none is. */
  byte[] header() {
    return header;
  }

  /** The index of the first element to ask for: the last one that is known, to compare. */
  int from() {
    return count == 0 ? FIRST_RECORD : FIRST_RECORD + count - 1;
  }

  /** Whether the whole list was read within a time. */
  boolean isReadSince(long millis, long nowMillis) {
    return readMillis > millis && readMillis <= nowMillis;
  }

  /** Starts anew with the whole list. */
  void readWhole(
      byte[] reply, int offset, int length, long instant, long nowMillis, Records records) {
    header = length == 0 ? NOTHING : Arrays.copyOfRange(reply, offset, offset + HEADER_BYTES);
    count = 0;
    recordBytes = 0;
    snapshotBytes = 0;
    readMillis = nowMillis;
    if (length == 0) {
      state = EntityState.empty(group, instant);
      return;
    }
    SnapshotReader in = new SnapshotReader(reply, offset + HEADER_BYTES, length - HEADER_BYTES);
    int size = (int) in.number();
    snapshotBytes = size;
    state = size == 0 ? EntityState.empty(group, instant) : readSnapshot(reply, in, size, instant);
    in.skip(size);
    readRecords(reply, in, records);
  }

  private EntityState readSnapshot(byte[] reply, SnapshotReader in, int size, long instant) {
    SnapshotReader snapshot = new SnapshotReader(reply, in.position(), size);
    int format = snapshot.small();
    if (format != FORMAT) {
      throw new StateStoreException(
          "the state of %s %s in group %s has format %d, not %d: forget it and rebuild, or deploy the version that wrote it"
              .formatted(group.dimension().name(), entity, group, format, FORMAT),
          null);
    }
    return EntityState.read(group, snapshot, instant);
  }

  /**
   * Goes on with the elements from {@link #from} on.
   *
   * @return false if the first is not the one that is known: the list is not what it was
   */
  boolean readTail(byte[] reply, int offset, int length, long instant, Records records) {
    SnapshotReader in = new SnapshotReader(reply, offset, length);
    if (count > 0) {
      int size = length == 0 ? 0 : (int) in.number();
      int start = in.position();
      if (size != last.length || !Arrays.equals(reply, start, start + size, last, 0, size)) {
        return false;
      }
      in.skip(size);
    }
    state.advanceTo(instant);
    readRecords(reply, in, records);
    return true;
  }

  private void readRecords(byte[] reply, SnapshotReader in, Records records) {
    int start = -1;
    int size = 0;
    while (in.remaining() > 0) {
      size = (int) in.number();
      start = in.position();
      in.skip(size);
      count++;
      recordBytes += size;
      records.fold(state, reply, start, size);
    }
    if (start >= 0) {
      last = Arrays.copyOfRange(reply, start, start + size);
    }
  }

  EntityState state() {
    return state;
  }

  KeyState answer(long version, Tally tally, byte[] list) {
    int length = header.length == 0 ? 0 : FIRST_RECORD + count;
    return state.answer(version, tally, new Read(list, header, length));
  }

  /** Whether the records are many enough, beside the snapshot, to make a new one. */
  boolean isSnapshotDue() {
    return count >= MOST_RECORDS || (count >= FEWEST_RECORDS && recordBytes * 2 >= snapshotBytes);
  }

  /** The number of records behind the snapshot that are known. */
  int records() {
    return count;
  }

  /** A snapshot of all that is known, with its length in front. */
  byte[] snapshot() {
    SnapshotWriter body = new SnapshotWriter((int) (snapshotBytes + recordBytes) + 64);
    body.small(FORMAT);
    state.write(body);
    byte[] bytes = body.toBytes();
    return new SnapshotWriter(bytes.length + 5)
        .number(bytes.length)
        .raw(bytes, 0, bytes.length)
        .toBytes();
  }

  /** The snapshot stands in the list. */
  void snapshotWasPut(byte[] newHeader, int bytes) {
    header = newHeader;
    count = 0;
    recordBytes = 0;
    snapshotBytes = bytes;
    last = NOTHING;
  }

  /** Another function has put a snapshot: the list has to be read anew. */
  void forgetHeader() {
    header = NOTHING;
  }

  long sizeBytes() {
    return 256 + 2L * entity.length() + last.length + state.sizeBytes();
  }

  /** Folds the records that are read. */
  @FunctionalInterface
  interface Records {

    /** Folds a record into the state; it stands in the source without its length. */
    void fold(EntityState state, byte[] source, int offset, int length);
  }
}
