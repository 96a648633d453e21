package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.Past;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.StepCall.Tick;
import java.time.Duration;
import java.util.List;

/** The step of one entity in a batch: the record to append, and the fold of the records read. */
final class EntityStep {

  private static final byte[] NO_RECORD = {};

  private final int index;
  private final String entity;
  private final int partition;
  private final List<Event> events;
  private final Past past;
  private final long[] kinds;
  private final byte[] record;
  private final RecordCodec codec;
  private final CachedEntity cached;
  private final boolean isArchived;
  private final long lookAgainMillis;
  private byte[] list;
  private boolean isAppended;
  private int ownTag;
  private boolean isNewInIndex;
  private boolean isLarge;
  private boolean isFolded;
  private Tally tally = Tally.NONE;
  private long indexedMillis = StateKind.FOREVER;
  private Tick last;

  /**
   * @param index the index of the entity in its batch
   */
  EntityStep(
      FeatureGroup group,
      RecordCodec codec,
      int index,
      int partition,
      KeyEvents change,
      CachedEntity cached,
      Duration timeToLive,
      long nowMillis) {
    this.index = index;
    this.entity = change.key();
    this.partition = partition;
    this.events = change.events();
    this.past = change.past();
    this.codec = codec;
    this.cached = cached;
    this.isArchived = group.hasHistory();
    this.kinds = kinds(group, events, timeToLive, Math.min(nowMillis, change.arrivedMillis()));
    this.record = past != null ? codec.write(past) : recordOfEvents();
    // A backfill publishes the entity itself; the recalculator does, if the backfill dies before.
    this.lookAgainMillis =
        past != null
            ? nowMillis + Archive.LONGEST_DELAY.toMillis()
            : lookAgain(group, events, nowMillis);
  }

  private byte[] recordOfEvents() {
    return events.isEmpty() ? NO_RECORD : codec.write(events, kinds);
  }

  private static long[] kinds(
      FeatureGroup group, List<Event> events, Duration timeToLive, long nowMillis) {
    long[] kinds = new long[events.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = group.kindsFor(events.get(i), nowMillis, timeToLive);
    }
    return kinds;
  }

  private static long lookAgain(FeatureGroup group, List<Event> events, long nowMillis) {
    long earliest = StateKind.FOREVER;
    for (Event event : events) {
      for (StateKind kind : group.kinds()) {
        if (kind.takes(event)) {
          earliest = Math.min(earliest, kind.lookAgainAt(event, nowMillis));
        }
      }
    }
    return earliest;
  }

  int index() {
    return index;
  }

  String entity() {
    return entity;
  }

  int partition() {
    return partition;
  }

  /** Returns the key of the entity's list, and remembers it. */
  byte[] list(StateKeys keys) {
    list = keys.list(partition, entity);
    return list;
  }

  /** The key of the entity's list. */
  byte[] list() {
    return list;
  }

  CachedEntity cached() {
    return cached;
  }

  /** Returns the record to append; empty if it was appended already, or there is none. */
  byte[] toAppend() {
    return isAppended ? NO_RECORD : record;
  }

  /**
   * Returns when to recalculate the entity because of its own events, in epoch milliseconds; {@link
   * StateKind#FOREVER} if they do not require it.
   */
  long lookAgainMillis() {
    return isAppended ? StateKind.FOREVER : lookAgainMillis;
  }

  /**
   * Folds the reply of the last call with this step; the call has appended its record.
   *
   * @param reply stands at what it says about the entity
   * @return whether the list was read; if not, the caller sends the step again
   */
  boolean read(SnapshotReader reply, Tick tick, long nowMillis) {
    last = tick;
    int kind = reply.small();
    int elements = reply.fixed();
    boolean isOwnLeftOut = toAppend().length > 0;
    if (!isAppended) {
      isAppended = true;
      ownTag = (int) tick.version();
    }
    isNewInIndex |= tick.isNewInIndex();
    cached.leaveSnapshots(tick.isNewerAtWork());
    requireCurrent(tick);
    boolean isRead = false;
    isLarge = kind == StepCall.LARGE;
    if (kind == StepCall.WHOLE) {
      forgetOwn();
      cached.readWhole(reply, elements, tick.instant(), nowMillis, this::fold);
      isRead = true;
    } else if (kind == StepCall.TAIL) {
      isRead = cached.readTail(reply, elements, tick.instant(), this::fold);
    }
    if (isRead && isOwnLeftOut) {
      cached.append(ownTag, record);
    }
    return isRead;
  }

  /** Returns whether the list must be read by {@link #readLarge} before the step is sent again. */
  boolean isLarge() {
    return isLarge;
  }

  /**
   * Folds the whole list. Another call of the step must follow: other functions may have made steps
   * since the last one, whose results have greater versions.
   */
  void readLarge(List<byte[]> elements, long nowMillis) {
    forgetOwn();
    cached.readWhole(elements, last.instant(), nowMillis, this::fold);
  }

  /** Forgets the fold of the step's own record, as the list is read anew. */
  private void forgetOwn() {
    isFolded = false;
    tally = Tally.NONE;
  }

  private void requireCurrent(Tick tick) {
    if (past != null && tick.isNewerAtWork()) {
      throw new StateStoreException(
          "another declaration is at work since this backfill began: run backfill with that", null);
    }
  }

  /**
   * Folds the records read with the state that the archive has.
   *
   * @param archived null if it has none
   */
  void wake(Archived archived) {
    cached.wake(archived == null ? null : archived.snapshot(), last.instant(), this::fold);
  }

  /** Folds a record that was read; recognises the record of this step by its tag and bytes. */
  void fold(EntityState state, int tag, SnapshotReader read) {
    if (!isFolded && tag == ownTag && read.remains(record, record.length - read.remaining())) {
      foldOwn(state);
    } else {
      codec.read(read, entity, state);
    }
  }

  private void foldOwn(EntityState state) {
    isFolded = true;
    long before = state.nextChangeMillis();
    if (past != null) {
      past.installIn(state);
    }
    for (int i = 0; i < kinds.length; i++) {
      tally = tally.plus(state.fold(events.get(i), kinds[i]));
    }
    long after = state.nextChangeMillis();
    // The index has an instant no later than lookAgainMillis, and no later than "before" unless the
    // index was lost. But a change that another one cancelled out before may now come earlier; and
    // a duplicate event means that the function which first had it may have died before it updated
    // the index.
    boolean mayBeUnknown = past != null || isNewInIndex || tally.duplicates() > 0 || after < before;
    if (mayBeUnknown && after < lookAgainMillis) {
      indexedMillis = after;
    }
  }

  /** Returns the outcome of the step, once the whole list is folded. */
  KeyState finish() {
    if (!isFolded && record.length > 0) {
      foldOwn(cached.state());
    }
    return cached.toKeyState(last.version(), tally, list, events.isEmpty());
  }

  /**
   * Returns whether to put a new snapshot. A recalculation leaves it to steps with events: a list
   * that changes under it cannot be settled. After a backfill the list is as short as it can be.
   */
  boolean isSnapshotDue() {
    return cached.isSnapshotMissing()
        || past != null
        || (cached.isSnapshotDue() && !(isArchived && events.isEmpty()));
  }

  /** The version of the step; valid once it is finished. */
  long version() {
    return last.version();
  }

  /** The instant to add to the index; {@link StateKind#FOREVER} if the index needs no update. */
  long indexedMillis() {
    return indexedMillis;
  }
}
