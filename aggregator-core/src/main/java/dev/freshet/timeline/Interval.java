package dev.freshet.timeline;

import java.util.List;

/**
 * When an item counts in one total: from the time of a stage until the earliest of some ends.
 *
 * @param start the index of the stage that starts it, inclusive
 * @param ends what ends it, exclusive; never empty
 * @param weight the index of the item's weight that is summed, or {@link #ONE}
 */
public record Interval(int start, List<End> ends, int weight) {

  /** The weight of an item that is counted, not summed. */
  public static final int ONE = -1;

  public Interval {
    ends = List.copyOf(ends);
    if (ends.isEmpty()) {
      throw new IllegalArgumentException("an interval needs an end: one of stage " + start);
    }
  }

  /** A point in an item's life: so long after the time of a stage. */
  public record End(int stage, long offsetMillis) {}

  long startOf(Item item) {
    return item.stageMillis(start);
  }

  /** The instant at which the item stops to count; {@link Item#NEVER} if nothing ends it yet. */
  long endOf(Item item) {
    long earliest = Item.NEVER;
    for (End end : ends) {
      long stage = item.stageMillis(end.stage());
      if (stage != Item.NEVER) {
        earliest = Math.min(earliest, stage + end.offsetMillis());
      }
    }
    return earliest;
  }

  /** What the item adds to the total at an instant. */
  long weightAt(Item item, long atMillis) {
    return startOf(item) <= atMillis && atMillis < endOf(item) ? weightOf(item) : 0;
  }

  /** The first instant after the given one at which the item adds another weight. */
  long nextChange(Item item, long afterMillis) {
    long from = startOf(item);
    long to = endOf(item);
    if (to <= from || weightOf(item) == 0 || to <= afterMillis) {
      return Item.NEVER;
    }
    return from > afterMillis ? from : to;
  }

  private long weightOf(Item item) {
    return weight == ONE ? 1 : item.weight(weight);
  }
}
