package dev.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.events.EventsSchema;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.TimeOrder;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.Translation;
import dev.freshet.history.HistoryKind.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The history of one entity: its newest events one by one, and older ones in tiles.
 *
 * <p>Events are merged when time moves on, up to the instant at which the state was before, and
 * when the state is written: until then all records of a list have been folded. So no event is
 * taken for late because of the order in which it is read.
 *
 * <p>If an id arrives with several times while it is held, the newest counts.
 */
final class HistoryState implements KindState {

  private static final long NONE = Long.MIN_VALUE;

  private final HistoryKind kind;
  private final HeldEvents held;
  private final TimeOrder order;
  private final Tiles tiles;
  private final List<HistorySeries> series = new ArrayList<>();
  private final FeatureValues values;
  private boolean areValuesKnown;
  private long asOfMillis;

  /** The newest time of an event that was merged. */
  private long mergedMillis = NONE;

  private long newestPastMillis = NONE;
  private int dropped;

  HistoryState(HistoryKind kind, long nowMillis) {
    this.kind = kind;
    this.held = new HeldEvents(kind.columns().width(), kind.columns().texts().size());
    this.order = new TimeOrder(held);
    this.tiles = new Tiles(kind);
    this.values = new FeatureValues(kind.width());
    this.asOfMillis = nowMillis;
    for (int i = 0; i < kind.seen().size(); i++) {
      series.add(new HistorySeries(kind, i, held, order, tiles, nowMillis));
    }
  }

  static HistoryState read(HistoryKind kind, SnapshotReader in, long nowMillis) {
    HistoryState state = new HistoryState(kind, nowMillis);
    state.mergedMillis = readInstant(in);
    state.newestPastMillis = readInstant(in);
    int[] parts = new int[kind.parts().size()];
    Arrays.setAll(parts, i -> i);
    state.tiles.read(in, parts);
    kind.codec().read(in, state::hold);
    state.noteNewest();
    return state;
  }

  /** Reads the state of an earlier declaration. */
  void translate(
      KindSchema old, SnapshotReader in, Translation translation, Consumer<Occurrence> events) {
    long merged = readInstant(in);
    newestPastMillis = readInstant(in);
    tiles.read(in, HistorySchema.partsOf(kind, translation));
    EventsSchema.readEvents(old, in, translation, events);
    mergedMillis = merged;
    replaced();
  }

  @Override
  public void divideAt(long seamMillis) {
    tiles.divideAt(seamMillis);
  }

  @Override
  public void advanceTo(long nowMillis) {
    if (nowMillis <= asOfMillis) {
      return;
    }
    mergeDue();
    asOfMillis = nowMillis;
    for (HistorySeries each : series) {
      areValuesKnown &= !each.moveTo(nowMillis);
    }
    noteNewest();
  }

  private void noteNewest() {
    int past = order.until(asOfMillis);
    if (past > 0) {
      newestPastMillis = Math.max(newestPastMillis, order.time(past - 1));
    }
  }

  /** Merges events that are old enough, or too many. */
  private void mergeDue() {
    int before = tiles.all().size();
    while (isOldestDue()) {
      mergeOldest();
    }
    while (order.size() > kind.mostEvents()) {
      dropped++;
      remove(order.get(0));
    }
    if (tiles.all().size() > before) {
      tiles.merge(asOfMillis);
    }
  }

  /** Returns whether to merge the oldest event; those of the same time are merged together. */
  private boolean isOldestDue() {
    if (order.size() == 0) {
      return false;
    }
    long oldest = order.time(0);
    return oldest <= asOfMillis - kind.holdMillis()
        || oldest == mergedMillis
        || (order.size() > kind.mostEvents() && oldest <= asOfMillis - kind.delayMillis());
  }

  private void mergeOldest() {
    int slot = order.get(0);
    tiles.add(held, slot, asOfMillis);
    mergedMillis = Math.max(mergedMillis, held.time(slot));
    order.removeFirst();
    held.release(slot);
  }

  private void remove(int slot) {
    order.remove(slot);
    held.release(slot);
    replaced();
  }

  private void replaced() {
    areValuesKnown = false;
    series.forEach(HistorySeries::replaced);
  }

  @Override
  public Outcome fold(Occurrence event) {
    long time = event.occurredAtMillis();
    byte[] id = event.eventId().getBytes(UTF_8);
    int twin = held.find(id);
    if (twin >= 0 && held.time(twin) >= time) {
      return Outcome.DUPLICATE;
    }
    if (time <= mergedMillis) {
      return Outcome.LATE; // it may have been merged before
    }
    if (twin >= 0) {
      remove(twin);
    }
    int slot = hold(id, event.type(), time, event.numbers(), event.texts(), event.filters());
    for (HistorySeries each : series) {
      areValuesKnown &= !each.inserted(slot);
    }
    if (time <= asOfMillis) {
      newestPastMillis = Math.max(newestPastMillis, time);
    }
    return Outcome.APPLIED;
  }

  private int hold(byte[] id, int type, long time, long[] numbers, String[] texts, long filters) {
    int slot = held.add(id, time, type, filters, numbers, texts);
    held.hold(slot);
    order.insert(slot);
    return slot;
  }

  @Override
  public void features(FeatureValues into, int start) {
    for (int i = 0; i < kind.width() && !areValuesKnown; i++) {
      compute(i);
    }
    areValuesKnown = true;
    into.copy(0, values, start, kind.width());
  }

  private void compute(int feature) {
    Computed computed = kind.features().get(feature);
    HistorySeries seen = series.get(computed.seen());
    boolean isNothing = seen.isNothingKnown(computed.needs());
    if (computed.isText()) {
      values.set(feature, isNothing ? null : computed.aggregation().applyAsText(seen));
    } else {
      values.set(
          feature,
          isNothing ? computed.aggregation().ofNothing() : computed.aggregation().apply(seen));
    }
  }

  /** The next instant at which an event enters or leaves a window that sees it. */
  @Override
  public long nextChangeMillis() {
    long next = StateKind.FOREVER;
    for (HistorySeries each : series) {
      next = Math.min(next, each.nextMillis());
    }
    return next;
  }

  @Override
  public long newestMillis() {
    return newestPastMillis != NONE || order.size() == 0
        ? newestPastMillis
        : order.time(order.size() - 1);
  }

  @Override
  public boolean hasLastSince(long millis) {
    return true;
  }

  @Override
  public boolean isEmpty() {
    return order.size() == 0 && tiles.all().isEmpty();
  }

  @Override
  public int takeDropped() {
    int taken = dropped;
    dropped = 0;
    return taken;
  }

  @Override
  public void write(SnapshotWriter out) {
    write(out, StateKind.FOREVER);
  }

  @Override
  public void writeUpTo(long seamMillis, SnapshotWriter out) {
    write(out, seamMillis);
  }

  private void write(SnapshotWriter out, long untilMillis) {
    mergeDue();
    tiles.merge(asOfMillis);
    writeInstant(out, Math.min(mergedMillis, untilMillis));
    writeInstant(out, Math.min(newestPastMillis, untilMillis));
    tiles.write(out, untilMillis);
    kind.codec().write(out, held, Arrays.copyOf(order.toArray(), order.until(untilMillis)));
  }

  private static void writeInstant(SnapshotWriter out, long instant) {
    out.signed(instant == NONE ? 0 : instant);
  }

  private static long readInstant(SnapshotReader in) {
    long instant = in.signed();
    return instant == 0 ? NONE : instant;
  }

  @Override
  public void replaceUpTo(long seamMillis, SnapshotReader in) {
    HistoryState by = read(kind, in, asOfMillis);
    by.divideAt(seamMillis);
    while (by.order.size() > 0 && by.order.time(0) <= mergedMillis) {
      by.mergeOldest(); // events after them have been merged
    }
    while (order.size() > 0 && order.time(0) <= seamMillis) {
      remove(order.get(0));
    }
    tiles.replaceUpTo(seamMillis, by.tiles);
    by.copyHeld(this);
    mergedMillis = Math.max(mergedMillis, by.mergedMillis);
    newestPastMillis = Math.max(newestPastMillis, by.newestPastMillis);
    replaced();
  }

  /** Copies the events one by one, except those that another state holds. */
  private void copyHeld(HistoryState to) {
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

  @Override
  public long sizeBytes() {
    long bytes = 256 + held.sizeBytes() + order.sizeBytes() + tiles.sizeBytes();
    for (HistorySeries each : series) {
      bytes += each.sizeBytes();
    }
    return bytes;
  }
}
