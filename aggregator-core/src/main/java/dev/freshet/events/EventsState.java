package dev.freshet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The events of one entity, and the windows over them.
 *
 * <p>If an id arrives with several times, the newest counts: the state is then the same for every
 * order of arrival, without remembering evicted events.
 */
final class EventsState implements KindState {

  private final EventsKind kind;
  private final HeldEvents held;
  private final TimeOrder order;
  private final boolean hasOrder;
  private final boolean hasAges;
  private final long holdMillis;
  private final Windows windows;
  private long asOfMillis;
  private long newestPastMillis = Long.MIN_VALUE;
  private int dropped;

  EventsState(EventsKind kind, long nowMillis) {
    this.kind = kind;
    this.held =
        new HeldEvents(kind.features().columns().width(), kind.features().columns().texts().size());
    this.order = new TimeOrder(held);
    this.hasOrder = kind.features().hasTimeWindows();
    this.hasAges = kind.movesWithTime();
    this.holdMillis = kind.features().holdMillis();
    this.asOfMillis = nowMillis;
    this.windows = new Windows(kind.features(), held, order, nowMillis);
  }

  @Override
  public void advanceTo(long nowMillis) {
    if (nowMillis <= asOfMillis || !hasAges) {
      return; // last events of any age do not look at the clock
    }
    asOfMillis = nowMillis;
    windows.moveTo(nowMillis);
    noteNewest();
    for (LastSeries each : windows.lasts()) {
      each.advanceTo(nowMillis);
    }
    while (order.size() > 0 && order.time(0) <= nowMillis - holdMillis) {
      dropOldest();
    }
  }

  private void noteNewest() {
    int past = order.size();
    while (past > 0 && order.time(past - 1) > asOfMillis) {
      past--;
    }
    if (past > 0) {
      newestPastMillis = Math.max(newestPastMillis, order.time(past - 1));
    }
    for (LastSeries each : windows.lasts()) {
      if (each.selection.hasAge()) {
        newestPastMillis = Math.max(newestPastMillis, each.newestPastMillis());
      }
    }
  }

  /** Drops the oldest event from the time windows. */
  private void dropOldest() {
    int slot = order.get(0);
    order.removeFirst();
    leave(slot);
  }

  private void leave(int slot) {
    windows.removed(slot);
    held.release(slot);
  }

  @Override
  public Outcome fold(Occurrence event) {
    long time = event.occurredAtMillis();
    noteTime(time);
    byte[] id = event.eventId().getBytes(UTF_8);
    int twin = held.find(id);
    if (twin >= 0) {
      if (held.time(twin) >= time) {
        return Outcome.DUPLICATE;
      }
      remove(twin);
    }
    return insert(id, time, event.type(), event.filters(), event.numbers(), event.texts())
        ? Outcome.APPLIED
        : Outcome.LATE;
  }

  /** Notes the time of an event that a snapshot held, too: it may have been dated ahead then. */
  private void noteTime(long millis) {
    if (hasAges && millis <= asOfMillis) {
      newestPastMillis = Math.max(newestPastMillis, millis);
    }
  }

  private boolean insert(
      byte[] id, long time, int type, long filters, long[] numbers, String[] texts) {
    windows.changed();
    int slot = held.add(id, time, type, filters, numbers, texts);
    if (hasOrder && time > asOfMillis - holdMillis) {
      held.hold(slot);
      order.insert(slot);
      windows.inserted(slot);
    }
    for (LastSeries each : windows.lasts()) {
      if (held.isSeen(each.selection, slot)) {
        each.insert(slot);
      }
    }
    boolean isKept = held.keepIfHeld(slot);
    if (order.size() > kind.mostEvents()) {
      dropped++;
      dropOldest();
    }
    return isKept;
  }

  private void remove(int slot) {
    windows.changed();
    held.hold(slot); // keeps the slot until every window has let it go
    long time = held.time(slot);
    for (LastSeries each : windows.lasts()) {
      each.remove(slot);
    }
    if (hasOrder && time > asOfMillis - holdMillis && order.contains(slot)) {
      order.remove(slot);
      leave(slot);
    }
    held.release(slot);
  }

  @Override
  public void features(FeatureValues into, int start) {
    into.copy(0, windows.values(), start, kind.width());
  }

  @Override
  public long nextChangeMillis() {
    return windows.nextChangeMillis(asOfMillis);
  }

  /**
   * Returns the newest time that has passed, or the newest of all if every event is dated ahead; of
   * last events, the newest.
   */
  @Override
  public long newestMillis() {
    long newest = newestPastMillis;
    long newestAhead = order.size() == 0 ? Long.MIN_VALUE : order.time(order.size() - 1);
    for (LastSeries each : windows.lasts()) {
      if (each.selection.hasAge()) {
        newestAhead = Math.max(newestAhead, each.newestMillis());
      } else {
        newest = Math.max(newest, each.newestMillis());
      }
    }
    return newest == Long.MIN_VALUE ? newestAhead : newest;
  }

  @Override
  public boolean hasLastSince(long millis) {
    for (LastSeries each : windows.lasts()) {
      if (!each.selection.hasAge() && !each.isFullSince(millis)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isEmpty() {
    return held.size() == 0;
  }

  @Override
  public int takeDropped() {
    int taken = dropped;
    dropped = 0;
    return taken;
  }

  @Override
  public void write(SnapshotWriter out) {
    int[] slots = inOrder();
    if (hasAges) {
      out.signed(newestPastMillis);
    }
    kind.codec().write(out, held, slots);
  }

  /** Returns all slots in the order of their events. */
  private int[] inOrder() {
    List<LastSeries> lasts = windows.lasts();
    if (lasts.isEmpty()) {
      return order.toArray();
    }
    if (!hasOrder && lasts.size() == 1) {
      return lasts.get(0).all();
    }
    IntStream all = Arrays.stream(order.toArray());
    for (LastSeries each : lasts) {
      all = IntStream.concat(all, Arrays.stream(each.all()));
    }
    Comparator<Integer> bySequence = held::compare;
    return all.distinct().boxed().sorted(bySequence).mapToInt(Integer::intValue).toArray();
  }

  static EventsState read(EventsKind kind, SnapshotReader in, long nowMillis) {
    EventsState state = new EventsState(kind, nowMillis);
    if (state.hasAges) {
      state.newestPastMillis = in.signed();
    }
    kind.codec()
        .read(
            in,
            (id, type, time, numbers, texts, filters) -> {
              state.noteTime(time);
              state.insert(id, time, type, filters, numbers, texts);
            });
    return state;
  }

  @Override
  public long sizeBytes() {
    return 256 + held.sizeBytes() + order.sizeBytes() + windows.sizeBytes();
  }
}
