package dev.freshet.timeline;

import java.math.BigDecimal;
import java.math.MathContext;

/** A feature computed from the totals of a timeline. */
public sealed interface TotalFeature {

  String name();

  /** Returns the feature's value, or NaN if it has none. */
  double from(long[] totals);

  /** Returns whether other totals give another value. */
  default boolean differs(long[] totals, long[] others) {
    return Double.compare(from(totals), from(others)) != 0;
  }

  /** The index of a total whose interval decides which items count. */
  int total();

  /** Returns whether only items with a value count. */
  default boolean needsValue() {
    return true;
  }

  /** Counts events or items. */
  record Count(String name, int total) implements TotalFeature {
    @Override
    public boolean needsValue() {
      return false;
    }

    @Override
    public double from(long[] totals) {
      return totals[total];
    }
  }

  /** Computes an exact decimal sum, rounded once to the nearest double. */
  record Sum(String name, int units, int micros) implements TotalFeature {
    @Override
    public int total() {
      return units;
    }

    @Override
    public double from(long[] totals) {
      return exactly(totals, units, micros).doubleValue();
    }
  }

  /** Divides an exact decimal sum by a count; absent if the count is 0. */
  record Average(String name, int units, int micros, int count) implements TotalFeature {
    @Override
    public int total() {
      return units;
    }

    @Override
    public double from(long[] totals) {
      return totals[count] == 0
          ? Double.NaN
          : exactly(totals, units, micros)
              .divide(BigDecimal.valueOf(totals[count]), MathContext.DECIMAL128)
              .doubleValue();
    }
  }

  private static BigDecimal exactly(long[] totals, int units, int micros) {
    return BigDecimal.valueOf(totals[units]).add(BigDecimal.valueOf(totals[micros], 6));
  }
}
