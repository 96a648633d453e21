package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.history.HistoryKind;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Snapshot;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cached copy of an entity's list in Redis: the state folded from its snapshot and its records,
 * up to a place in the list. Not safe for use by several threads.
 */
final class CachedEntity {

  static final int HEADER_BYTES = 8;

  /** The index of the first record, after the header and the snapshot. */
  static final int FIRST_RECORD = 2;

  private static final byte[] NOTHING = {};
  private static final byte HEADER_MARK = 'H';
  private static final int FORMAT = 2;

  /** For events that are dated ahead, and for clocks. */
  private static final long SLACK_MILLIS = Duration.ofDays(2).toMillis();

  private static final int FEWEST_RECORDS = 32;
  private static final int MOST_RECORDS = 4_096;

  private final FeatureGroup group;
  private final KnownDeclarations declarations;
  private final String entity;
  private final boolean isArchived;
  private final Duration timeToLive;
  private final List<Waiting> waiting = new ArrayList<>();
  private EntityState state;
  private byte[] header = NOTHING;
  private int lastTag;
  private byte[] last = NOTHING;
  private int count;
  private long recordBytes;
  private long snapshotBytes;
  private long readMillis;
  private boolean isNewerAtWork;

  /**
   * @param timeToLive how long the state of an entity outlives its last write
   */
  CachedEntity(
      FeatureGroup group, KnownDeclarations declarations, String entity, Duration timeToLive) {
    this.group = group;
    this.declarations = declarations;
    this.entity = entity;
    this.timeToLive = timeToLive;
    this.isArchived = group.hasHistory();
  }

  /** The list that was read, its header, its number of elements, and the state to archive. */
  record Read(byte[] list, byte[] header, int length, Snapshot snapshot)
      implements KeyState.Place {}

  /** A record that cannot be folded before the archive is read. */
  private record Waiting(int tag, SnapshotReader record) {}

  /** The header that was read; empty if none was. */
  byte[] header() {
    return header;
  }

  /** Returns the place up to which the list was read, in the form that {@code step.lua} expects. */
  byte[] place() {
    if (header.length == 0) {
      return NOTHING;
    }
    return count > 0
        ? Integer.toString(FIRST_RECORD + count - 1).getBytes(US_ASCII)
        : ByteBuffer.allocate(1 + HEADER_BYTES).put(HEADER_MARK).put(header).array();
  }

  /** Returns whether the whole list was read after an instant. */
  boolean isReadSince(long millis, long nowMillis) {
    return readMillis > millis && readMillis <= nowMillis;
  }

  /**
   * Replaces the cached copy by the whole list. If the group has history and the list no snapshot,
   * the entity is asleep: its records wait for {@link #wake}.
   *
   * @param elements the number of elements that follow in the reply
   */
  void readWhole(
      SnapshotReader reply, int elements, long instant, long nowMillis, Records records) {
    count = 0;
    recordBytes = 0;
    snapshotBytes = 0;
    readMillis = nowMillis;
    header = elements == 0 ? NOTHING : reply.raw(HEADER_BYTES);
    if (elements > 0) {
      snapshotBytes = reply.number();
    }
    waiting.clear();
    state = null;
    if (snapshotBytes > 0) {
      state = readSnapshot(reply.part((int) snapshotBytes), instant);
    } else if (!isArchived) {
      state = EntityState.empty(group, declarations.coverage(), instant);
    }
    readRecords(reply, Math.max(0, elements - FIRST_RECORD), records);
  }

  /** Returns whether the archive must be read to know the state. */
  boolean isAsleep() {
    return state == null;
  }

  /**
   * Folds the waiting records with the state that the archive has.
   *
   * @param archived a snapshot, preceded by its length; null if there is none
   */
  void wake(byte[] archived, long instant, Records records) {
    state =
        archived == null
            ? EntityState.empty(group, declarations.coverage(), instant)
            : readSnapshot(record(new SnapshotReader(archived)), instant);
    waiting.forEach(each -> records.fold(state, each.tag, each.record));
    waiting.clear();
  }

  private EntityState readSnapshot(SnapshotReader snapshot, long instant) {
    int format = snapshot.small();
    if (format != FORMAT) {
      throw new StateStoreException(
          "the state of %s %s in group %s has format %d, not %d: forget it and rebuild, or deploy the version that wrote it"
              .formatted(group.dimension().name(), entity, group, format, FORMAT),
          null);
    }
    int fingerprint = snapshot.fixed();
    return fingerprint == declarations.fingerprint()
        ? EntityState.read(group, declarations.coverage(), snapshot, instant)
        : EntityState.translate(
            group,
            declarations.coverage(),
            declarations.translation(fingerprint),
            snapshot,
            instant);
  }

  /**
   * Adds the elements of the list after {@link #place}.
   *
   * @param elements the number of elements that follow in the reply
   * @return false if the first element is not the cached one; then the list was replaced and must
   *     be read again
   */
  boolean readTail(SnapshotReader reply, int elements, long instant, Records records) {
    int known = Math.min(count, 1);
    if (known > 0 && !isLast(reply.fixed(), record(reply))) {
      for (int i = known; i < elements; i++) {
        reply.fixed();
        record(reply);
      }
      header = NOTHING;
      return false;
    }
    state.advanceTo(instant);
    readRecords(reply, elements - known, records);
    return true;
  }

  private boolean isLast(int tag, SnapshotReader record) {
    return tag == lastTag && record.remains(last, 0);
  }

  private void readRecords(SnapshotReader reply, int number, Records records) {
    for (int i = 0; i < number; i++) {
      int tag = reply.fixed();
      SnapshotReader record = record(reply);
      if (i == number - 1) {
        last = record.copy();
        lastTag = tag;
      }
      grow(record.remaining());
      if (state == null) {
        waiting.add(new Waiting(tag, record));
      } else {
        records.fold(state, tag, record);
      }
    }
  }

  private static SnapshotReader record(SnapshotReader reply) {
    return reply.part((int) reply.number());
  }

  /** Adds the record that this function has just appended to the end of the list. */
  void append(int tag, byte[] sizedRecord) {
    if (header.length > 0) {
      SnapshotReader record = record(new SnapshotReader(sizedRecord));
      last = record.copy();
      lastTag = tag;
      grow(last.length);
    }
  }

  private void grow(int bytes) {
    count++;
    recordBytes += bytes;
  }

  EntityState state() {
    return state;
  }

  /**
   * @param isRecalculation whether the caller may archive the state
   */
  KeyState toKeyState(long version, Tally tally, byte[] list, boolean isRecalculation) {
    int length = header.length == 0 ? 0 : FIRST_RECORD + count;
    Snapshot archived =
        isArchived && isRecalculation
            ? new Snapshot(snapshot(), expiresAtMillis(), header.length == 0)
            : null;
    return state.toKeyState(version, tally, new Read(list, header, length, archived));
  }

  /** Returns the instant from which on no feature needs the state if no further event comes. */
  private long expiresAtMillis() {
    long asOf = state.asOfMillis();
    long latest = asOf + timeToLive.toMillis();
    for (StateKind kind : group.kinds()) {
      latest =
          Math.max(
              latest,
              kind.isArchived()
                  ? kind.completeFromMillis(asOf)
                  : asOf + kind.retentionMillis(timeToLive.toMillis()));
    }
    return latest >= HistoryKind.NEVER_COMPLETE_MILLIS ? KeyState.FOREVER : latest + SLACK_MILLIS;
  }

  /** Returns whether the list has no snapshot, although the archive was read. */
  boolean isSnapshotMissing() {
    return isArchived && !isNewerAtWork && header.length > 0 && snapshotBytes == 0;
  }

  /**
   * Returns whether there are so many records, compared with the snapshot, that a new snapshot is
   * due.
   */
  boolean isSnapshotDue() {
    if (isNewerAtWork) {
      return false; // its snapshot would lack what the newer declaration keeps
    }
    return count >= MOST_RECORDS || (count >= FEWEST_RECORDS && recordBytes * 2 >= snapshotBytes);
  }

  /** Leaves snapshots to functions of a newer declaration, if one is at work. */
  void leaveSnapshots(boolean isNewer) {
    isNewerAtWork = isNewer;
  }

  /** The number of records read after the snapshot. */
  int records() {
    return count;
  }

  /** Returns a snapshot of the state, preceded by its length. */
  byte[] snapshot() {
    SnapshotWriter body = new SnapshotWriter((int) (snapshotBytes + recordBytes) + 64);
    body.small(FORMAT).fixed(declarations.fingerprint());
    state.write(body);
    return body.toSizedBytes();
  }

  /** Notes that the list now holds the snapshot. */
  void snapshotWasPut(byte[] newHeader, int bytes) {
    header = newHeader;
    count = 0;
    recordBytes = 0;
    snapshotBytes = bytes;
    last = NOTHING;
  }

  /** Drops the copy, as another function replaced the list by its own snapshot. */
  void forgetHeader() {
    header = NOTHING;
  }

  long sizeBytes() {
    return 256 + 2L * entity.length() + last.length + state.sizeBytes();
  }

  /** Folds records as they are read. */
  @FunctionalInterface
  interface Records {

    /** Folds a record into the state; the reader holds it without tag and length. */
    void fold(EntityState state, int tag, SnapshotReader record);
  }
}
