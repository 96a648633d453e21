package dev.freshet.lifecycle;

import dev.freshet.fold.Occurrence;
import java.util.List;

/**
 * The interval in which an item counts in one total: from the time of a stage, or some time after,
 * until the earliest of some ends.
 *
 * @param start the index of the stage that starts it, inclusive
 * @param delayMillis how long after that stage it starts
 * @param ends the ends, exclusive; never empty
 * @param weight the amount that the item adds to the total
 * @param value the index of the item's value that the weight is taken from; −1 if each item counts
 *     one
 */
public record Interval(int start, long delayMillis, List<End> ends, Weight weight, int value) {

  private static final long MILLION = 1_000_000;

  public Interval {
    ends = List.copyOf(ends);
    if (ends.isEmpty()) {
      throw new IllegalArgumentException("an interval needs an end: one of stage " + start);
    }
  }

  /** A point in an item's life: an offset after the time of a stage. */
  public record End(int stage, long offsetMillis) {}

  /**
   * The amount that an item adds to a total. Sums keep the digits above and below a million
   * separately, so that no number of items overflows 64 bits.
   */
  public enum Weight {
    /** Each item counts one. */
    ONE,
    /** The digits of the value above a million; 0 without a value. */
    HIGH,
    /** The digits of the value below a million; 0 without a value. */
    LOW
  }

  long weightOf(Items items, int item) {
    if (weight == Weight.ONE) {
      return 1;
    }
    long number = items.value(item, value);
    if (number == Occurrence.NO_VALUE) {
      return 0;
    }
    return weight == Weight.HIGH ? number / MILLION : number % MILLION;
  }

  /**
   * Returns the instant from which on an item counts; {@link Items#NEVER} if it has not entered the
   * stage. A number counts from the time of its own event on.
   */
  long startOf(Items items, int item) {
    long stage = items.stageMillis(item, start);
    if (stage == Items.NEVER) {
      return stage;
    }
    return value < 0 || items.value(item, value) == Occurrence.NO_VALUE
        ? stage + delayMillis
        : items.valueMillis(item, value) + delayMillis;
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
