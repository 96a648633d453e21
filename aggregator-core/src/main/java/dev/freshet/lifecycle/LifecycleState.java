package dev.freshet.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The items of one entity, and their totals. */
final class LifecycleState implements KindState {

  private static final int FEWEST_TO_SWEEP = 64;

  private final LifecycleKind kind;
  private final Items items;
  private final ItemTotals totals;

  /** One for each {@code Oldest} feature, in their order. */
  private final List<OldestItem> oldests = new ArrayList<>();

  /** The times of events dated ahead of the clock, for {@link #newestMillis}. */
  private final TreeSet<Long> ahead = new TreeSet<>();

  private long asOfMillis;
  private long nextChangeMillis;
  private boolean isNextChangeKnown;
  private long newestMillis = Long.MIN_VALUE;
  private long newestAheadMillis = Long.MIN_VALUE;
  private int sweepAt = FEWEST_TO_SWEEP;
  private int dropped;

  LifecycleState(LifecycleKind kind, int expectedItems, long nowMillis) {
    this.kind = kind;
    List<Interval> intervals = kind.timeline().intervals();
    this.items = new Items(kind.timeline().stages(), kind.values().size(), expectedItems);
    this.totals = new ItemTotals(intervals, items, nowMillis);
    for (TotalFeature each : kind.features()) {
      if (each instanceof TotalFeature.Oldest oldest) {
        oldests.add(new OldestItem(oldest.total(), intervals.get(oldest.total()), items));
      }
    }
    this.asOfMillis = nowMillis;
  }

  /** Reads the output of {@link #write}, and advances it to an instant. */
  static LifecycleState read(LifecycleKind kind, SnapshotReader in, long nowMillis) {
    long newest = in.signed();
    long[] ahead = new long[(int) in.number()];
    Arrays.setAll(ahead, i -> in.signed());
    int count = (int) in.number();
    LifecycleState state = new LifecycleState(kind, count, nowMillis);
    state.noteTime(newest);
    Arrays.stream(ahead).forEach(state::noteTime);
    ItemsCodec.readItems(kind.timeline().stages(), kind.values().size(), count, state.items, in);
    for (int item = 0; item < count; item++) {
      state.totals.add(item);
    }
    for (OldestItem each : state.oldests) {
      each.rebuild();
    }
    state.sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * count);
    return state;
  }

  @Override
  public void advanceTo(long nowMillis) {
    if (nowMillis <= asOfMillis) {
      return;
    }
    asOfMillis = nowMillis;
    boolean haveChanged = totals.advanceTo(nowMillis);
    isNextChangeKnown &= !haveChanged && nextChangeMillis > nowMillis;
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
    } else if (addsNothing(item, stage, event)) {
      return Outcome.DUPLICATE;
    }
    totals.note(item);
    enter(item, stage, event);
    totals.replace(item);
    noteBegin(item);
    if (items.size() > kind.mostItems()) {
      dropOldest();
    }
    return Outcome.APPLIED;
  }

  private boolean addsNothing(int item, int stage, Occurrence event) {
    if (event.occurredAtMillis() > items.newestMillis(item)
        || event.occurredAtMillis() < items.stageMillis(item, stage)) {
      return false;
    }
    for (int value = 0; value < kind.values().size(); value++) {
      if (isValueOf(item, value, stage, event)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether an item keeps a number of an event in place of the one that it has. */
  private boolean isValueOf(int item, int value, int stage, Occurrence event) {
    LifecycleKind.Value kept = kind.values().get(value);
    long number = event.numbers()[kept.place()];
    if (kept.stage() != stage || number == Occurrence.NO_VALUE) {
      return false;
    }
    int earlier = Long.compare(event.occurredAtMillis(), items.valueMillis(item, value));
    return earlier < 0 || (earlier == 0 && number < items.value(item, value));
  }

  /** Enters the times and numbers of an event: of a stage, the earliest count. */
  private void enter(int item, int stage, Occurrence event) {
    long time = event.occurredAtMillis();
    items.setStage(item, stage, Math.min(items.stageMillis(item, stage), time));
    items.setNewest(item, Math.max(items.newestMillis(item), time));
    for (int value = 0; value < kind.values().size(); value++) {
      if (isValueOf(item, value, stage, event)) {
        items.setValue(item, value, event.numbers()[kind.values().get(value).place()], time);
      }
    }
  }

  /** Drops the sixteenth of the items that nobody has named for longest. */
  private void dropOldest() {
    long[] newest = new long[items.size()];
    Arrays.setAll(newest, items::newestMillis);
    Arrays.sort(newest);
    long last = newest[Math.max(0, items.size() - kind.mostItems() * 15 / 16 - 1)];
    for (int item = 0; item < items.size(); item++) {
      if (items.newestMillis(item) <= last) {
        totals.remove(item);
        dropped++;
      }
    }
    drop(last);
  }

  private void drop(long newest) {
    if (items.dropUntil(newest)) {
      oldests.forEach(OldestItem::rebuild);
    }
  }

  @Override
  public int takeDropped() {
    int taken = dropped;
    dropped = 0;
    return taken;
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

  /** Notes that an item may have begun at another instant than it did before. */
  private void noteBegin(int item) {
    isNextChangeKnown = false;
    for (OldestItem each : oldests) {
      if (totals.hasNewBegin(each.total())) {
        each.add(item);
      }
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
    drop(asOfMillis - kind.timeline().holdMillis());
    sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * items.size());
  }

  @Override
  public void features(FeatureValues into, int start) {
    int oldest = 0;
    for (int i = 0; i < kind.features().size(); i++) {
      TotalFeature feature = kind.features().get(i);
      into.set(
          start + i,
          feature instanceof TotalFeature.Oldest
              ? oldests.get(oldest++).sinceAt(asOfMillis)
              : feature.from(totals.now()));
    }
  }

  @Override
  public long nextChangeMillis() {
    if (!isNextChangeKnown) {
      nextChangeMillis = totals.nextChangeMillis(this::changesAnyFeature);
      for (OldestItem each : oldests) {
        nextChangeMillis = Math.min(nextChangeMillis, each.nextChangeMillis(asOfMillis));
      }
      isNextChangeKnown = true;
    }
    return nextChangeMillis;
  }

  private boolean changesAnyFeature(long[] then) {
    for (TotalFeature each : kind.features()) {
      if (each.differs(totals.now(), then)) {
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
  public boolean hasLastSince(long millis) {
    return true;
  }

  @Override
  public boolean isEmpty() {
    if (totals.areFinal()) {
      sweep();
    }
    return items.size() == 0;
  }

  @Override
  public void write(SnapshotWriter out) {
    sweep();
    out.signed(newestMillis).number(ahead.size());
    ahead.forEach(out::signed);
    ItemsCodec.writeItems(kind, items, out);
  }

  @Override
  public long sizeBytes() {
    return 128L + totals.sizeBytes() + items.sizeBytes() + 64L * ahead.size();
  }
}
