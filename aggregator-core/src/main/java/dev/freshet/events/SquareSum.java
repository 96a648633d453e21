package dev.freshet.events;

import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The exact sums of an input and of its squares, from which the variance follows. */
final class SquareSum {

  private final Input input;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;

  SquareSum(Input input) {
    this.input = input;
  }

  /** Adds a number; {@code sign} −1 subtracts it. */
  void add(long[] numbers, int place, int sign) {
    BigInteger number = number(numbers, place);
    BigInteger square = number.multiply(number);
    sum = sign > 0 ? sum.add(number) : sum.subtract(number);
    squares = sign > 0 ? squares.add(square) : squares.subtract(square);
  }

  private BigInteger number(long[] numbers, int place) {
    BigInteger units = BigInteger.valueOf(numbers[place]);
    return Columns.isWide(input)
        ? units
            .multiply(BigInteger.TEN.pow(input.scale()))
            .add(BigInteger.valueOf(numbers[place + 1]))
        : units;
  }

  /** Returns Σ (x − mean)² of {@code n} numbers: (n Σx² − (Σx)²) / n. */
  double squaredDeviations(int n) {
    BigInteger numerator = squares.multiply(BigInteger.valueOf(n)).subtract(sum.multiply(sum));
    return new BigDecimal(numerator, 2 * input.scale())
        .divide(BigDecimal.valueOf(n), MathContext.DECIMAL128)
        .doubleValue();
  }
}
