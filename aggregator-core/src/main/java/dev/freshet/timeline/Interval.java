package dev.freshet.timeline;

import dev.freshet.fold.Occurrence;
import java.util.List;

/**
 * When an item counts in one total: from the time of a stage until the earliest of some ends.
 *
 * @param start the index of the stage that starts it, inclusive
 * @param ends what ends it, exclusive; never empty
 * @param weight what the item adds to the total
 */
public record Interval(int start, List<End> ends, Weight weight) {

  private static final long MICROS_PER_UNIT = 1_000_000;

  public Interval {
    ends = List.copyOf(ends);
    if (ends.isEmpty()) {
      throw new IllegalArgumentException("an interval needs an end: one of stage " + start);
    }
  }

  /** A point in an item's life: so long after the time of a stage. */
  public record End(int stage, long offsetMillis) {}

  /**
   * What an item adds to a total. Sums are kept as whole units and millionths apart, which no
   * number of items takes beyond 64 bits.
   */
  public enum Weight {
    /** Each item counts one. */
    ONE,
    /** The whole units of the item's value; 0 without one. */
    UNITS,
    /** The millionths of the item's value beyond whole units; 0 without one. */
    MICROS,
    /** 1 if the item has a value. */
    PRESENT;

    long of(long valueMicros) {
      if (this == ONE) {
        return 1;
      }
      if (valueMicros == Occurrence.NO_VALUE) {
        return 0;
      }
      return switch (this) {
        case UNITS -> valueMicros / MICROS_PER_UNIT;
        case MICROS -> valueMicros % MICROS_PER_UNIT;
        default -> 1;
      };
    }
  }

  /** The instant at which an item stops to count; {@link Items#NEVER} if nothing ends it yet. */
  long endOf(Items items, int item) {
    long earliest = Items.NEVER;
    for (int i = 0; i < ends.size(); i++) {
      long stage = items.stageMillis(item, ends.get(i).stage());
      if (stage != Items.NEVER) {
        earliest = Math.min(earliest, stage + ends.get(i).offsetMillis());
      }
    }
    return earliest;
  }
}
