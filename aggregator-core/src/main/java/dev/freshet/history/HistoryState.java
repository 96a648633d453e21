package dev.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.ArchivedState;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.Translation;
import dev.freshet.history.HistoryFeatures.Computed;
import java.util.ArrayList;
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
final class HistoryState implements ArchivedState {

  private final HistoryKind kind;
  private final MergedEvents events;
  private final List<HistorySeries> series = new ArrayList<>();
  private final FeatureValues values;
  private boolean areValuesKnown;
  private long asOfMillis;
  private long newestPastMillis = MergedEvents.NONE;

  HistoryState(HistoryKind kind, long nowMillis) {
    this.kind = kind;
    this.events = new MergedEvents(kind);
    this.values = new FeatureValues(kind.width());
    this.asOfMillis = nowMillis;
    for (int i = 0; i < kind.features().seen().size(); i++) {
      series.add(new HistorySeries(kind, i, events, nowMillis));
    }
  }

  static HistoryState read(HistoryKind kind, SnapshotReader in, long nowMillis) {
    HistoryState state = new HistoryState(kind, nowMillis);
    state.newestPastMillis = MergedEvents.readInstant(in);
    state.events.read(in);
    state.noteNewest();
    return state;
  }

  /** Reads the state of an earlier declaration. */
  void translate(
      KindSchema old, SnapshotReader in, Translation translation, Consumer<Occurrence> folding) {
    newestPastMillis = MergedEvents.readInstant(in);
    events.translate(old, in, translation, folding);
    replaced();
  }

  @Override
  public void divideAt(long seamMillis) {
    events.tiles().divideAt(seamMillis);
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

  private void mergeDue() {
    if (!events.mergeDue(asOfMillis)) {
      replaced();
    }
  }

  private void noteNewest() {
    int past = events.order().until(asOfMillis);
    if (past > 0) {
      newestPastMillis = Math.max(newestPastMillis, events.order().time(past - 1));
    }
  }

  private void replaced() {
    areValuesKnown = false;
    series.forEach(HistorySeries::replaced);
  }

  @Override
  public Outcome fold(Occurrence event) {
    long time = event.occurredAtMillis();
    byte[] id = event.eventId().getBytes(UTF_8);
    int twin = events.held().find(id);
    if (twin >= 0 && events.held().time(twin) >= time) {
      return Outcome.DUPLICATE;
    }
    if (events.mayHold(time)) {
      return Outcome.LATE;
    }
    if (twin >= 0) {
      events.remove(twin);
      replaced();
    }
    int slot = events.hold(id, event);
    for (HistorySeries each : series) {
      areValuesKnown &= !each.inserted(slot);
    }
    if (time <= asOfMillis) {
      newestPastMillis = Math.max(newestPastMillis, time);
    }
    return Outcome.APPLIED;
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
    Computed computed = kind.features().computed().get(feature);
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
    int count = events.order().size();
    return newestPastMillis != MergedEvents.NONE || count == 0
        ? newestPastMillis
        : events.order().time(count - 1);
  }

  @Override
  public boolean hasLastSince(long millis) {
    return true;
  }

  @Override
  public boolean isEmpty() {
    return events.isEmpty();
  }

  @Override
  public int takeDropped() {
    return events.takeDropped();
  }

  @Override
  public void write(SnapshotWriter out) {
    writeUpTo(StateKind.FOREVER, out);
  }

  @Override
  public void writeUpTo(long seamMillis, SnapshotWriter out) {
    mergeDue();
    events.tiles().merge(asOfMillis);
    MergedEvents.writeInstant(out, Math.min(newestPastMillis, seamMillis));
    events.write(out, seamMillis);
  }

  @Override
  public void replaceUpTo(long seamMillis, SnapshotReader in) {
    HistoryState by = read(kind, in, asOfMillis);
    events.replaceUpTo(seamMillis, by.events, asOfMillis);
    newestPastMillis = Math.max(newestPastMillis, by.newestPastMillis);
    replaced();
  }

  @Override
  public long sizeBytes() {
    long bytes = 192 + events.sizeBytes();
    for (HistorySeries each : series) {
      bytes += each.sizeBytes();
    }
    return bytes;
  }
}
