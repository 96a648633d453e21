package dev.freshet.result;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;

/**
 * The text of a number: of an integer its digits, of any other the shortest that parses back to the
 * same double.
 *
 * <p>{@code Double.toString} is that only from JDK 19 on; Jackson carries the same algorithm
 * (Raffaello Giulietti's Schubfach) for older ones.
 */
public final class DecimalText {

  private static final double EXACT_INTEGERS = 0x1p53;

  private DecimalText() {}

  /**
   * The number's text.
   *
   * @throws IllegalArgumentException if the number is NaN or infinite: such is never published
   */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a finite number: " + number);
    }
    if (isInteger(number)) {
      return Long.toString((long) number);
    }
    String text = DoubleToDecimal.toString(number);
    return text.replace(".0E", "E");
  }

  /** Whether the text is that of an integer: its digits. */
  static boolean isInteger(double number) {
    return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS;
  }
}
