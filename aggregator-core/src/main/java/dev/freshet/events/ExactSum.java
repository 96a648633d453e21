package dev.freshet.events;

import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * An exact decimal sum of an input. Keeps the digits above and below a million separately, so that
 * no number of events overflows 64 bits.
 */
public final class ExactSum {

  private static final long MILLION = 1_000_000;
  private static final long EXACT = 1L << 53;

  private final Input input;
  private final boolean isWide;
  private long high;
  private long low;

  public ExactSum(Input input) {
    this.input = input;
    this.isWide = Columns.isWide(input);
  }

  /**
   * Adds a number.
   *
   * @param place its first place in {@code numbers}
   * @param sign −1 to subtract it
   */
  public void add(long[] numbers, int place, int sign) {
    if (isWide) {
      high += sign * numbers[place];
      low += sign * numbers[place + 1];
    } else {
      high += sign * (numbers[place] / MILLION);
      low += sign * (numbers[place] % MILLION);
    }
  }

  /** Adds another sum of the input. */
  public void add(ExactSum other) {
    high += other.high;
    low += other.low;
  }

  /** Writes the sum. */
  public void write(SnapshotWriter out) {
    if (!isWide) {
      high += low / MILLION;
      low %= MILLION;
    }
    out.signed(high).value(low);
  }

  /** Reads the output of {@link #write}. */
  public void read(SnapshotReader in) {
    high = in.signed();
    low = in.value();
  }

  public BigDecimal exactly() {
    return isWide
        ? BigDecimal.valueOf(high).add(BigDecimal.valueOf(low, input.scale()))
        : BigDecimal.valueOf(high, input.scale() - 6).add(BigDecimal.valueOf(low, input.scale()));
  }

  /** Returns the nearest double to the mean of {@code n} numbers. */
  public double mean(long n) {
    long all = high * MILLION + low;
    long divisor = n * powerOfTen();
    if (!isWide && Math.abs(high) < EXACT / MILLION && Math.abs(all) < EXACT && divisor < EXACT) {
      return (double) all / divisor; // both are exact, so the quotient is rounded once
    }
    return exactly().divide(BigDecimal.valueOf(n), MathContext.DECIMAL128).doubleValue();
  }

  public double sum() {
    return mean(1);
  }

  private long powerOfTen() {
    long power = 1;
    for (int i = 0; i < input.scale(); i++) {
      power *= 10;
    }
    return power;
  }
}
