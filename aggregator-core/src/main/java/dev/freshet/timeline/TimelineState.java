package dev.freshet.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The timeline of one entity: its items, the totals at an instant, and the future changes of the
 * totals.
 */
final class TimelineState implements KindState {

  private static final int FEWEST_TO_SWEEP = 64;

  private final TimelineKind kind;
  private final List<Interval> intervals;
  private final Items items;
  private final TotalChanges changes = new TotalChanges();
  private final long[] totals;

  /** The times of events dated ahead of the clock, for {@link #newestMillis}. */
  private final TreeSet<Long> ahead = new TreeSet<>();

  private long asOfMillis;
  private long nextChangeMillis;
  private boolean isNextChangeKnown;
  private long newestMillis = Long.MIN_VALUE;
  private long newestAheadMillis = Long.MIN_VALUE;
  private int sweepAt = FEWEST_TO_SWEEP;

  TimelineState(TimelineKind kind, int expectedItems, long nowMillis) {
    this.kind = kind;
    this.intervals = kind.timeline().intervals();
    this.items = new Items(kind.timeline().stages(), expectedItems);
    this.totals = new long[intervals.size()];
    this.asOfMillis = nowMillis;
  }

  /** Reads the output of {@link #write}, and advances it to an instant. */
  static TimelineState read(TimelineKind kind, SnapshotReader in, long nowMillis) {
    long newest = in.signed();
    long[] ahead = new long[(int) in.number()];
    Arrays.setAll(ahead, i -> in.signed());
    int count = (int) in.number();
    TimelineState state = new TimelineState(kind, count, nowMillis);
    state.noteTime(newest);
    Arrays.stream(ahead).forEach(state::noteTime);
    TimelineCodec.readItems(kind, state, count, in);
    state.sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * count);
    return state;
  }

  @Override
  public void advanceTo(long nowMillis) {
    if (nowMillis <= asOfMillis) {
      return;
    }
    asOfMillis = nowMillis;
    if (changes.firstInstant() <= nowMillis) {
      changes.passTo(nowMillis, totals);
      isNextChangeKnown = false;
    }
    while (!ahead.isEmpty() && ahead.first() <= nowMillis) {
      newestMillis = Math.max(newestMillis, ahead.pollFirst());
    }
  }

  @Override
  public Outcome fold(Occurrence event) {
    noteTime(event.occurredAtMillis());
    int stage = kind.stage(event);
    byte[] id = kind.itemOf(event).getBytes(UTF_8);
    int item = items.find(id);
    if (item < 0) {
      sweepIfLarge();
      item = items.add(id);
      items.setValue(item, event.valueMicros());
    } else if (addsNothing(item, stage, event)) {
      return Outcome.DUPLICATE;
    } else {
      count(item, -1);
    }
    enter(item, stage, event);
    count(item, 1);
    return Outcome.APPLIED;
  }

  private boolean addsNothing(int item, int stage, Occurrence event) {
    boolean isNewer = event.occurredAtMillis() > items.newestMillis(item);
    boolean isEarlier = event.occurredAtMillis() < items.stageMillis(item, stage);
    return !isNewer && (!isEarlier || !kind.itemsHaveStages());
  }

  /**
   * Enters the time of an event: of a stage the earliest time counts, of an event id the newest.
   */
  private void enter(int item, int stage, Occurrence event) {
    long time = event.occurredAtMillis();
    if (!kind.itemsHaveStages()) {
      items.setStage(item, stage, time);
      items.setValue(item, event.valueMicros());
    } else if (time < items.stageMillis(item, stage)) {
      items.setStage(item, stage, time);
    }
    items.setNewest(item, Math.max(items.newestMillis(item), time));
  }

  /** Notes the time of every event, duplicates included. */
  private void noteTime(long occurredAtMillis) {
    newestAheadMillis = Math.max(newestAheadMillis, occurredAtMillis);
    if (occurredAtMillis <= asOfMillis) {
      newestMillis = Math.max(newestMillis, occurredAtMillis);
    } else {
      ahead.add(occurredAtMillis);
    }
  }

  /** Adds an item's weight to the totals, present and future; sign −1 subtracts it. */
  void count(int item, int sign) {
    isNextChangeKnown = false;
    for (int total = 0; total < totals.length; total++) {
      Interval interval = intervals.get(total);
      long from = items.stageMillis(item, interval.start());
      if (from != Items.NEVER) {
        count(item, total, interval, from, sign);
      }
    }
  }

  private void count(int item, int total, Interval interval, long from, int sign) {
    long to = interval.endOf(items, item);
    long weight = sign * interval.weight().of(items.valueMicros(item));
    if (to <= Math.max(from, asOfMillis) || weight == 0) {
      return;
    }
    if (from > asOfMillis) {
      changes.add(from, total, weight);
    } else {
      totals[total] += weight;
    }
    if (to != Items.NEVER) {
      changes.add(to, total, -weight);
    }
  }

  /**
   * Sweeps once the items have doubled since the last sweep, so that the cost for each item stays
   * small.
   */
  private void sweepIfLarge() {
    if (items.size() >= sweepAt) {
      sweep();
    }
  }

  /** Removes items that no event can name any more; they count in no total, present or future. */
  private void sweep() {
    items.dropUntil(asOfMillis - kind.timeline().holdMillis());
    sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * items.size());
  }

  @Override
  public void features(double[] into, int start) {
    for (int i = 0; i < kind.totals().size(); i++) {
      into[start + i] = kind.totals().get(i).from(totals);
    }
  }

  @Override
  public long nextChangeMillis() {
    if (!isNextChangeKnown) {
      nextChangeMillis = changes.firstInstant(totals, this::changesAnyFeature);
      isNextChangeKnown = true;
    }
    return nextChangeMillis;
  }

  private boolean changesAnyFeature(long[] then) {
    for (TotalFeature each : kind.totals()) {
      if (each.differs(totals, then)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the newest time that has passed, or the newest of all if every event is dated ahead.
   */
  @Override
  public long newestMillis() {
    return newestMillis == Long.MIN_VALUE ? newestAheadMillis : newestMillis;
  }

  @Override
  public boolean isEmpty() {
    if (changes.firstInstant() == TotalChanges.NEVER) {
      sweep();
    }
    return items.size() == 0;
  }

  @Override
  public void write(SnapshotWriter out) {
    sweep();
    out.signed(newestMillis).number(ahead.size());
    ahead.forEach(out::signed);
    TimelineCodec.writeItems(kind, items, out);
  }

  Items items() {
    return items;
  }

  @Override
  public long sizeBytes() {
    return 128L + 8L * totals.length + items.sizeBytes() + changes.sizeBytes() + 64L * ahead.size();
  }
}
