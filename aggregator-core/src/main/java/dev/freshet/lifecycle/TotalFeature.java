package dev.freshet.lifecycle;

import java.math.BigDecimal;

/** A feature of the items of a lifecycle. */
public sealed interface TotalFeature {

  /** Returns the feature's value, or NaN if it has none. */
  double from(long[] totals);

  /** Returns whether other totals give another value. */
  default boolean differs(long[] totals, long[] others) {
    return Double.compare(from(totals), from(others)) != 0;
  }

  /** The index of a total whose interval decides which items count. */
  int total();

  /** Counts items. */
  record Count(int total) implements TotalFeature {
    @Override
    public double from(long[] totals) {
      return totals[total];
    }
  }

  /**
   * Computes an exact decimal sum, rounded once to the nearest double.
   *
   * @param scale the fraction digits of the values
   */
  record Sum(int total, int low, int scale) implements TotalFeature {
    @Override
    public double from(long[] totals) {
      return BigDecimal.valueOf(totals[total], scale - 6)
          .add(BigDecimal.valueOf(totals[low], scale))
          .doubleValue();
    }
  }

  /** The time at which the oldest of the items began to count. */
  record Oldest(int total) implements TotalFeature {
    @Override
    public double from(long[] totals) {
      return totals[total] == 0 ? Double.NaN : 0; // OldestItem knows the time
    }

    @Override
    public boolean differs(long[] totals, long[] others) {
      return false;
    }
  }
}
