package dev.freshet.definition;

import java.math.BigDecimal;
import java.math.MathContext;

/** A feature that follows from the totals of a timeline. */
public sealed interface TotalFeature {

  String name();

  /** The feature's value, or NaN where it has none. */
  double from(long[] totals);

  /** A number of events or orders. */
  record Count(String name, int index) implements TotalFeature {
    @Override
    public double from(long[] totals) {
      return totals[index];
    }
  }

  /** An exact decimal sum, rounded once, to the nearest double. */
  record Sum(String name, int units, int micros) implements TotalFeature {
    @Override
    public double from(long[] totals) {
      return exactly(totals, units, micros).doubleValue();
    }
  }

  /** An exact decimal sum divided by a count; absent where the count is 0. */
  record Average(String name, int units, int micros, int count) implements TotalFeature {
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
