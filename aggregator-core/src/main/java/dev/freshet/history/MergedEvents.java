package dev.freshet.history;

import dev.freshet.events.EventsSchema;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.TimeOrder;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.Translation;
import java.util.Arrays;
import java.util.function.Consumer;

/** The events of one entity: the newest one by one, and older ones merged into tiles. */
final class MergedEvents {

  static final long NONE = Long.MIN_VALUE;

  private final HistoryKind kind;
  private final HeldEvents held;
  private final TimeOrder order;
  private final Tiles tiles;

  /** The newest time of an event that was merged. */
  private long mergedMillis = NONE;

  private int dropped;

  MergedEvents(HistoryKind kind) {
    this.kind = kind;
    this.held = new HeldEvents(kind.columns().width(), kind.columns().texts().size());
    this.order = new TimeOrder(held);
    this.tiles = new Tiles(kind);
  }

  HeldEvents held() {
    return held;
  }

  /** The events one by one. */
  TimeOrder order() {
    return order;
  }

  Tiles tiles() {
    return tiles;
  }

  /** Returns whether an event of some time may have been merged before. */
  boolean mayHold(long time) {
    return time <= mergedMillis;
  }

  boolean isEmpty() {
    return order.size() == 0 && tiles.all().isEmpty();
  }

  int takeDropped() {
    int taken = dropped;
    dropped = 0;
    return taken;
  }

  /** Holds an event one by one; returns its slot. */
  int hold(byte[] id, Occurrence event) {
    return hold(
        id,
        event.type(),
        event.occurredAtMillis(),
        event.numbers(),
        event.texts(),
        event.filters());
  }

  private int hold(byte[] id, int type, long time, long[] numbers, String[] texts, long filters) {
    int slot = held.add(id, time, type, filters, numbers, texts);
    held.hold(slot);
    order.insert(slot);
    return slot;
  }

  void remove(int slot) {
    order.remove(slot);
    held.release(slot);
  }

  /**
   * Merges events that are old enough at an instant, or too many.
   *
   * @return false if events were dropped, as they may not be merged yet
   */
  boolean mergeDue(long nowMillis) {
    int before = tiles.all().size();
    while (isOldestDue(nowMillis)) {
      mergeOldest(nowMillis);
    }
    if (tiles.all().size() > before) {
      tiles.merge(nowMillis);
    }
    int droppedBefore = dropped;
    while (order.size() > kind.mostEvents()) {
      dropped++;
      remove(order.get(0));
    }
    return dropped == droppedBefore;
  }

  /** Returns whether to merge the oldest event; those of the same time are merged together. */
  private boolean isOldestDue(long nowMillis) {
    if (order.size() == 0) {
      return false;
    }
    long oldest = order.time(0);
    return oldest <= nowMillis - kind.holdMillis()
        || oldest == mergedMillis
        || (order.size() > kind.mostEvents() && oldest <= nowMillis - kind.delayMillis());
  }

  private void mergeOldest(long nowMillis) {
    int slot = order.get(0);
    tiles.add(held, slot, nowMillis);
    mergedMillis = Math.max(mergedMillis, held.time(slot));
    order.removeFirst();
    held.release(slot);
  }

  /** Writes the events at or before an instant. */
  void write(SnapshotWriter out, long untilMillis) {
    writeInstant(out, Math.min(mergedMillis, untilMillis));
    tiles.write(out, untilMillis);
    kind.codec().write(out, held, Arrays.copyOf(order.toArray(), order.until(untilMillis)));
  }

  /** Reads the output of {@link #write}. */
  void read(SnapshotReader in) {
    mergedMillis = readInstant(in);
    int[] parts = new int[kind.parts().size()];
    Arrays.setAll(parts, i -> i);
    tiles.read(in, parts);
    kind.codec().read(in, this::hold);
  }

  /** Reads what was written for an earlier declaration. */
  void translate(
      KindSchema old, SnapshotReader in, Translation translation, Consumer<Occurrence> events) {
    long merged = readInstant(in);
    tiles.read(in, HistorySchema.partsOf(kind, translation));
    EventsSchema.readEvents(old, in, translation, events);
    mergedMillis = merged;
  }

  static void writeInstant(SnapshotWriter out, long instant) {
    out.signed(instant == NONE ? 0 : instant);
  }

  static long readInstant(SnapshotReader in) {
    long instant = in.signed();
    return instant == 0 ? NONE : instant;
  }

  /** Replaces the events at or before an instant by others. */
  void replaceUpTo(long seamMillis, MergedEvents by, long nowMillis) {
    by.tiles.divideAt(seamMillis);
    while (by.order.size() > 0 && by.order.time(0) <= mergedMillis) {
      by.mergeOldest(nowMillis); // events after them have been merged
    }
    while (order.size() > 0 && order.time(0) <= seamMillis) {
      remove(order.get(0));
    }
    tiles.replaceUpTo(seamMillis, by.tiles);
    by.copyHeld(this);
    mergedMillis = Math.max(mergedMillis, by.mergedMillis);
  }

  /** Copies the events one by one, except those that another state holds. */
  private void copyHeld(MergedEvents to) {
    SnapshotWriter out = new SnapshotWriter(256);
    kind.codec().write(out, held, order.toArray());
    kind.codec()
        .read(
            new SnapshotReader(out.toBytes()),
            (id, type, time, numbers, texts, filters) -> {
              if (to.held.find(id) < 0) {
                to.hold(id, type, time, numbers, texts, filters);
              }
            });
  }

  long sizeBytes() {
    return 64 + held.sizeBytes() + order.sizeBytes() + tiles.sizeBytes();
  }
}
