package dev.freshet.state.redis;

import dev.freshet.fold.SnapshotReader;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Snapshot;
import dev.freshet.state.KeyState.Tally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A cached copy of an entity's list in Redis: the state folded from its snapshot and its records,
 * up to a place in the list. Not safe for use by several threads.
 */
final class CachedEntity {

  private final StateSnapshots snapshots;
  private final String entity;
  private final ListPlace place = new ListPlace();
  private final List<Waiting> waiting = new ArrayList<>();
  private EntityState state;
  private long readMillis;
  private boolean isNewerAtWork;

  CachedEntity(StateSnapshots snapshots, String entity) {
    this.snapshots = snapshots;
    this.entity = entity;
  }

  /** The list that was read, its header, its number of elements, and the state to archive. */
  record Read(byte[] list, byte[] header, int length, Snapshot snapshot)
      implements KeyState.Place {}

  /** A record that cannot be folded before the archive is read. */
  private record Waiting(int tag, SnapshotReader record) {}

  /** The place up to which the list was read. */
  ListPlace place() {
    return place;
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
    readMillis = nowMillis;
    readAll(reply, place.begin(reply, elements), instant, records);
  }

  /** Replaces the cached copy by the whole list, of these elements. */
  void readWhole(List<byte[]> elements, long instant, long nowMillis, Records records) {
    readMillis = nowMillis;
    ByteBuffer joined = ByteBuffer.allocate(elements.stream().mapToInt(each -> each.length).sum());
    elements.stream().skip(1).forEach(joined::put);
    SnapshotReader reply = new SnapshotReader(joined.array());
    byte[] header = elements.isEmpty() ? ListPlace.NOTHING : elements.get(0);
    readAll(reply, place.begin(header, reply, elements.size()), instant, records);
  }

  private void readAll(SnapshotReader reply, int number, long instant, Records records) {
    waiting.clear();
    state = null;
    if (place.snapshotBytes() > 0) {
      state = snapshots.read(entity, reply.part((int) place.snapshotBytes()), instant);
    } else if (!snapshots.areArchived()) {
      state = snapshots.empty(instant);
    }
    readRecords(reply, number, records);
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
            ? snapshots.empty(instant)
            : snapshots.read(entity, new SnapshotReader(archived).sized(), instant);
    waiting.forEach(each -> records.fold(state, each.tag, each.record));
    waiting.clear();
  }

  /**
   * Adds the elements of the list after {@link #place}.
   *
   * @param elements the number of elements that follow in the reply
   * @return false if the first element is not the cached one; then the list was replaced and must
   *     be read again
   */
  boolean readTail(SnapshotReader reply, int elements, long instant, Records records) {
    int known = Math.min(place.records(), 1);
    if (known > 0 && !place.isLast(reply.fixed(), reply.sized())) {
      for (int i = known; i < elements; i++) {
        reply.fixed();
        var unused = reply.sized();
      }
      place.forget();
      return false;
    }
    if (state != null) {
      state.advanceTo(instant);
    }
    readRecords(reply, elements - known, records);
    return true;
  }

  private void readRecords(SnapshotReader reply, int number, Records records) {
    for (int i = 0; i < number; i++) {
      int tag = reply.fixed();
      SnapshotReader record = reply.sized();
      if (i == number - 1) {
        place.passLast(tag, record);
      } else {
        place.pass(record);
      }
      if (state == null) {
        waiting.add(new Waiting(tag, record));
      } else {
        records.fold(state, tag, record);
      }
    }
  }

  /** Adds the record that this function has just appended to the end of the list. */
  void append(int tag, byte[] sizedRecord) {
    if (place.hasList()) {
      place.passLast(tag, new SnapshotReader(sizedRecord).sized());
    }
  }

  EntityState state() {
    return state;
  }

  /**
   * @param isRecalculation whether the caller may archive the state
   */
  KeyState toKeyState(long version, Tally tally, byte[] list, boolean isRecalculation) {
    Snapshot archived =
        snapshots.areArchived() && isRecalculation
            ? new Snapshot(
                snapshot(), snapshots.expiresAtMillis(state.asOfMillis()), !place.hasList())
            : null;
    return state.toKeyState(
        version, tally, new Read(list, place.header(), place.length(), archived));
  }

  /**
   * Returns whether the list needs a new snapshot, as it has too many records. If a newer
   * declaration is at work, its functions put snapshots: this one would lack what they keep.
   */
  boolean isSnapshotDue() {
    return !isNewerAtWork && place.isSnapshotDue();
  }

  /** Returns whether the list has no snapshot, although the archive was read. */
  boolean isSnapshotMissing() {
    return snapshots.areArchived()
        && !isNewerAtWork
        && place.hasList()
        && place.snapshotBytes() == 0;
  }

  /** Leaves snapshots to functions of a newer declaration, if one is at work. */
  void leaveSnapshots(boolean isNewer) {
    isNewerAtWork = isNewer;
  }

  /** Returns a snapshot of the state, preceded by its length. */
  byte[] snapshot() {
    return snapshots.write(state, (int) place.readBytes());
  }

  long sizeBytes() {
    return 256 + 2L * entity.length() + place.sizeBytes() + state.sizeBytes();
  }

  /** Folds records as they are read. */
  @FunctionalInterface
  interface Records {

    /** Folds a record into the state; the reader holds it without tag and length. */
    void fold(EntityState state, int tag, SnapshotReader record);
  }
}
