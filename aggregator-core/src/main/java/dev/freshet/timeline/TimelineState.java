package dev.freshet.timeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The state of one key of a timeline, in memory. Not safe for use by several threads. */
public final class TimelineState {

  /** The time of a change that is not pending. */
  public static final long NEVER = Item.NEVER;

  private final Timeline timeline;
  private final Map<String, Item> items = new HashMap<>();
  private final NavigableMap<Long, Set<String>> changes = new TreeMap<>();
  private final NavigableMap<Long, Set<String>> departures = new TreeMap<>();
  private final long[] totals;
  private long asOfMillis = Long.MIN_VALUE;
  private long newestMillis = Long.MIN_VALUE;
  private long newestAheadMillis = Long.MIN_VALUE;

  public TimelineState(Timeline timeline) {
    this.timeline = timeline;
    this.totals = new long[timeline.intervals().size()];
  }

  /** Moves time on, never back: counts what became due, drops what no event can name any more. */
  public void advanceTo(long nowMillis) {
    long now = Math.max(asOfMillis, nowMillis);
    for (String id : takeUntil(changes, now)) {
      Item item = items.get(id);
      timeline.add(totals, item, asOfMillis, -1);
      timeline.add(totals, item, now, 1);
      newestMillis = Math.max(newestMillis, item.newestUntil(now));
      put(changes, timeline.nextChange(item, now), id);
    }
    takeUntil(departures, now).forEach(items::remove);
    asOfMillis = now;
  }

  /**
   * An item enters a stage.
   *
   * @param weights the item's weights, used if the item is new
   * @return whether this told anything new
   */
  public boolean enter(String id, int stage, long occurredAtMillis, long... weights) {
    Item item = items.computeIfAbsent(id, unknown -> new Item(timeline.stages(), weights));
    unschedule(id, item);
    timeline.add(totals, item, asOfMillis, -1);
    boolean told = item.enter(stage, occurredAtMillis);
    timeline.add(totals, item, asOfMillis, 1);
    schedule(id, item);
    newestMillis = Math.max(newestMillis, item.newestUntil(asOfMillis));
    newestAheadMillis = Math.max(newestAheadMillis, occurredAtMillis);
    return told;
  }

  /** The totals, in the order of the timeline's intervals. */
  public long[] totals() {
    return totals.clone();
  }

  /** The instant the totals are of. */
  public long asOfMillis() {
    return asOfMillis;
  }

  /**
   * The newest time of an event that has happened by {@link #asOfMillis}; of what is all still to
   * come, the newest.
   */
  public long newestMillis() {
    return newestMillis == Long.MIN_VALUE ? newestAheadMillis : newestMillis;
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** The next instant at which a total changes with no new event, or {@link #NEVER}. */
  public long validUntilMillis() {
    long instant = changes.isEmpty() ? NEVER : changes.firstKey();
    while (instant != NEVER && Arrays.equals(totals, totalsAt(instant))) {
      instant = instantAfter(instant);
    }
    return instant;
  }

  /** The next candidate when what happens at an instant cancels out. */
  private long instantAfter(long instant) {
    Long higher = changes.higherKey(instant);
    long next = higher == null ? NEVER : higher;
    for (String id : dueUntil(instant)) {
      next = Math.min(next, timeline.nextChange(items.get(id), instant));
    }
    return next;
  }

  private Set<String> dueUntil(long instant) {
    Set<String> due = new HashSet<>();
    changes.headMap(instant, true).values().forEach(due::addAll);
    return due;
  }

  private long[] totalsAt(long instant) {
    long[] then = totals.clone();
    for (String id : dueUntil(instant)) {
      timeline.add(then, items.get(id), asOfMillis, -1);
      timeline.add(then, items.get(id), instant, 1);
    }
    return then;
  }

  private void schedule(String id, Item item) {
    put(changes, timeline.nextChange(item, asOfMillis), id);
    put(departures, item.newestMillis() + timeline.holdMillis(), id);
  }

  private void unschedule(String id, Item item) {
    remove(changes, timeline.nextChange(item, asOfMillis), id);
    remove(departures, item.newestMillis() + timeline.holdMillis(), id);
  }

  private static Set<String> takeUntil(NavigableMap<Long, Set<String>> due, long now) {
    Set<String> ids = new HashSet<>();
    while (!due.isEmpty() && due.firstKey() <= now) {
      ids.addAll(due.pollFirstEntry().getValue());
    }
    return ids;
  }

  private static void put(NavigableMap<Long, Set<String>> due, long instant, String id) {
    if (instant != NEVER) {
      due.computeIfAbsent(instant, unknown -> new HashSet<>()).add(id);
    }
  }

  private static void remove(NavigableMap<Long, Set<String>> due, long instant, String id) {
    due.computeIfPresent(instant, (time, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
  }
}
