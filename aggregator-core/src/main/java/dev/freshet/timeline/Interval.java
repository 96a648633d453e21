package dev.freshet.timeline;

import dev.freshet.fold.Occurrence;
import java.util.List;

/**
 * The interval in which an item counts in one total: from the time of a stage until the earliest of
 * some ends.
 *
 * @param start the index of the stage that starts it, inclusive
 * @param ends the ends, exclusive; never empty
 * @param weight the amount that the item adds to the total
 */
public record Interval(int start, List<End> ends, Weight weight) {

  private static final long MICROS_PER_UNIT = 1_000_000;

  public Interval {
    ends = List.copyOf(ends);
    if (ends.isEmpty()) {
      throw new IllegalArgumentException("an interval needs an end: one of stage " + start);
    }
  }

  /** A point in an item's life: an offset after the time of a stage. */
  public record End(int stage, long offsetMillis) {}

  /**
   * The amount that an item adds to a total. Sums keep whole units and millionths separately, so
   * that no number of items overflows 64 bits.
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

  /**
   * Returns the instant at which an item stops counting; {@link Items#NEVER} if it has no end yet.
   */
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
