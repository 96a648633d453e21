package dev.freshet.events;

import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;

/**
 * The exact sums of an input and of its squares, from which the variance follows.
 *
 * <p>A square has up to 120 bits; their sum is kept in three words. Numbers of two places, which
 * are rare, are added as big integers.
 */
final class SquareSum {

  private final Input input;
  private final boolean isWide;
  private final ExactSum sum;
  private long high;
  private long middle;
  private long low;
  private BigInteger wide = BigInteger.ZERO;

  SquareSum(Input input) {
    this.input = input;
    this.isWide = Columns.isWide(input);
    this.sum = new ExactSum(input);
  }

  /** Adds a number; {@code sign} −1 subtracts it. */
  void add(long[] numbers, int place, int sign) {
    sum.add(numbers, place, sign);
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
    long before = middle;
    middle += squareHigh + carry;
    high += Long.compareUnsigned(middle, before) < 0 ? 1 : 0;
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

  /** Returns Σ (x − mean)² of {@code n} numbers: (n Σx² − (Σx)²) / n. */
  double squaredDeviations(int n) {
    BigInteger total = sum.exactly().movePointRight(input.scale()).toBigIntegerExact();
    BigInteger numerator =
        squares().multiply(BigInteger.valueOf(n)).subtract(total.multiply(total));
    return new BigDecimal(numerator, 2 * input.scale())
        .divide(BigDecimal.valueOf(n), MathContext.DECIMAL128)
        .doubleValue();
  }
}
