package dev.freshet.history;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.time.Duration;
import java.util.Arrays;

/** The state of one entity on a clock that tests move. */
final class HistoryRun {

  static final Duration TTL = Duration.ofDays(90);

  private final FeatureGroup group;
  private final Coverage coverage;
  private EntityState state;
  private long now;

  HistoryRun(FeatureGroup group, long now) {
    this(group, Coverage.COMPLETE, now);
  }

  HistoryRun(FeatureGroup group, Coverage coverage, long now) {
    this(group, coverage, EntityState.empty(group, coverage, now), now);
  }

  HistoryRun(FeatureGroup group, Coverage coverage, EntityState state, long now) {
    this.group = group;
    this.coverage = coverage;
    this.state = state;
    this.now = now;
  }

  /** Creates an event with the same number in all inputs, in whole units. */
  static Event event(FeatureGroup group, String id, long time, long units, String text) {
    Columns columns = group.columns();
    long[] numbers = new long[columns.width()];
    for (int i = 0; i < columns.numbers().size(); i++) {
      boolean isWide = Columns.isWide(columns.numbers().get(i));
      numbers[columns.place(i)] =
          isWide ? units : units * (long) Columns.unit(columns.numbers().get(i));
    }
    String[] texts = new String[columns.texts().size()];
    Arrays.fill(texts, text);
    return new Event(id, 0, time, "key", numbers, texts, 0);
  }

  /** Folds an event in as the engine does when it arrives now. */
  Outcome arrives(String id, long time, long units) {
    return arrives(id, time, units, "text");
  }

  Outcome arrives(String id, long time, long units, String text) {
    Occurrence event = event(group, id, time, units, text);
    long kinds = group.kindsFor(event, now, TTL);
    return kinds == 0 ? Outcome.LATE : state.fold(event, kinds);
  }

  /** Folds an event in as one that is read from a list: it arrived in time. */
  Outcome isRead(String id, long time, long units) {
    Occurrence event = event(group, id, time, units, "text");
    return state.fold(event, group.takes(event) ? 1 : 0);
  }

  HistoryRun at(long instant) {
    now = instant;
    state.advanceTo(now);
    return this;
  }

  KeyState step() {
    return state.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
  }

  double value(int feature) {
    return step().features().number(feature);
  }

  EntityState state() {
    return state;
  }

  byte[] snapshot() {
    SnapshotWriter out = new SnapshotWriter(0);
    state.write(out);
    return out.toBytes();
  }

  byte[] partUpTo(long seam) {
    SnapshotWriter out = new SnapshotWriter(0);
    state.writeUpTo(seam, out);
    return out.toBytes();
  }

  void replace(long seam, byte[] part) {
    state.replaceUpTo(seam, new SnapshotReader(part));
  }

  /** Writes and reads the state. */
  HistoryRun compacted() {
    state = EntityState.read(group, coverage, new SnapshotReader(snapshot()), now);
    return this;
  }
}
