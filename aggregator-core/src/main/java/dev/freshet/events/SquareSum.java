package dev.freshet.events;

import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;

/**
 * The exact sum of the squares of an input.
 *
 * <p>A square has up to 120 bits; their sum is kept in three words. Numbers of two places, which
 * are rare, are added as big integers.
 */
public final class SquareSum {

  private final Input input;
  private final boolean isWide;
  private long high;
  private long middle;
  private long low;
  private BigInteger wide = BigInteger.ZERO;

  public SquareSum(Input input) {
    this.input = input;
    this.isWide = Columns.isWide(input);
  }

  /** Adds a number; {@code sign} −1 subtracts it. */
  public void add(long[] numbers, int place, int sign) {
    if (isWide) {
      BigInteger number =
          BigInteger.valueOf(numbers[place])
              .multiply(BigInteger.TEN.pow(input.scale()))
              .add(BigInteger.valueOf(numbers[place + 1]));
      BigInteger square = number.multiply(number);
      wide = sign > 0 ? wide.add(square) : wide.subtract(square);
      return;
    }
    long number = numbers[place];
    long squareLow = number * number;
    long squareHigh = Math.multiplyHigh(number, number);
    if (sign > 0) {
      add(squareHigh, squareLow);
    } else {
      subtract(squareHigh, squareLow);
    }
  }

  private void add(long squareHigh, long squareLow) {
    low += squareLow;
    long carry = Long.compareUnsigned(low, squareLow) < 0 ? 1 : 0;
    middle += squareHigh;
    high += Long.compareUnsigned(middle, squareHigh) < 0 ? 1 : 0;
    middle += carry;
    high += carry == 1 && middle == 0 ? 1 : 0;
  }

  private void subtract(long squareHigh, long squareLow) {
    long borrow = Long.compareUnsigned(low, squareLow) < 0 ? 1 : 0;
    low -= squareLow;
    long before = middle;
    middle -= squareHigh + borrow;
    high -= Long.compareUnsigned(middle, before) > 0 ? 1 : 0;
  }

  private BigInteger squares() {
    return isWide
        ? wide
        : new BigInteger(
            ByteBuffer.allocate(3 * Long.BYTES).putLong(high).putLong(middle).putLong(low).array());
  }

  /** Adds another sum of squares of the input. */
  public void add(SquareSum other) {
    wide = wide.add(other.wide);
    high += other.high;
    add(other.middle, other.low);
  }

  /** Writes the sum. */
  public void write(SnapshotWriter out) {
    byte[] sum = squares().toByteArray();
    out.number(sum.length).raw(sum, 0, sum.length);
  }

  /** Reads the output of {@link #write}. */
  public void read(SnapshotReader in) {
    BigInteger sum = new BigInteger(in.raw((int) in.number()));
    if (isWide) {
      wide = sum;
    } else {
      low = sum.longValue();
      middle = sum.shiftRight(Long.SIZE).longValue();
      high = sum.shiftRight(2 * Long.SIZE).longValue();
    }
  }

  /**
   * Returns Σ (x − mean)² of {@code n} numbers: (n Σx² − (Σx)²) / n.
   *
   * @param sum their sum
   */
  public double squaredDeviations(long n, ExactSum sum) {
    BigInteger total = sum.exactly().movePointRight(input.scale()).toBigIntegerExact();
    BigInteger numerator =
        squares().multiply(BigInteger.valueOf(n)).subtract(total.multiply(total));
    return new BigDecimal(numerator, 2 * input.scale())
        .divide(BigDecimal.valueOf(n), MathContext.DECIMAL128)
        .doubleValue();
  }
}
