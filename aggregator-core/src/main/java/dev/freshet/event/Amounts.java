package dev.freshet.event;

import java.math.BigDecimal;

/** Amounts as exact millionths. */
final class Amounts {

  /** A number out of the range of amounts. */
  static final long OUT_OF_RANGE = Long.MIN_VALUE;

  private static final int FRACTION_DIGITS = 6;
  private static final int INTEGER_DIGITS = 9;
  private static final int LONGEST = 64;

  private Amounts() {}

  /**
   * The millionths of a JSON number below 10⁹ with at most 6 fraction digits.
   *
   * <p>Digits are counted before anything is expanded: {@code 1e999999999} costs nothing.
   */
  static long micros(String jsonNumber) {
    if (jsonNumber.length() > LONGEST) {
      return OUT_OF_RANGE;
    }
    try {
      return micros(new BigDecimal(jsonNumber));
    } catch (ArithmeticException | NumberFormatException e) {
      return OUT_OF_RANGE; // an exponent beyond what even a BigDecimal holds
    }
  }

  private static long micros(BigDecimal number) {
    if (number.signum() == 0) {
      return 0;
    }
    BigDecimal shortest = number.stripTrailingZeros();
    boolean inRange =
        shortest.scale() <= FRACTION_DIGITS
            && (long) shortest.precision() - shortest.scale() <= INTEGER_DIGITS;
    return inRange ? shortest.movePointRight(FRACTION_DIGITS).longValueExact() : OUT_OF_RANGE;
  }
}
