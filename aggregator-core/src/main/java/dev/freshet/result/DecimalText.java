package dev.freshet.result;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Formats numbers as ECMAScript does: the shortest text that parses back to the same double, in
 * plain notation from a millionth up to 10²¹, else with an exponent ({@code 1e-7}, {@code
 * 1.5e+300}).
 *
 * <p>{@code Double.toString} gives the shortest digits only since JDK 19; Jackson has the same
 * algorithm (Raffaello Giulietti's Schubfach) for older JDKs.
 */
public final class DecimalText {

  private static final double EXACT_INTEGERS = 0x1p53;

  /** Below this, among subnormal numbers, one digit may suffice where Java writes two. */
  private static final double FEW_DIGITS = 1e-321;

  private static final MathContext ONE_DIGIT = new MathContext(1);

  /** The bounds of the decimal point's place in plain notation, counted from the first digit. */
  private static final int LEAST_POINT = -5;

  private static final int GREATEST_POINT = 21;

  private DecimalText() {}

  /**
   * Returns the number's text.
   *
   * @throws IllegalArgumentException if the number is NaN or infinite; such values are never
   *     published
   */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a finite number: " + number);
    }
    if (isInteger(number)) {
      return Long.toString((long) number);
    }
    String text = DoubleToDecimal.toString(number);
    if (text.indexOf('E') < 0) {
      return text; // no exponent, so Java's notation is the same
    }
    BigDecimal shortest = shortest(new BigDecimal(text), number);
    String digits = shortest.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "") + unsigned(digits, shortest.precision() - shortest.scale());
  }

  /** Returns whether the number is written as an integer. */
  public static boolean isInteger(double number) {
    return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS;
  }

  /** Shortens the smallest numbers: Java writes two digits where one suffices. */
  private static BigDecimal shortest(BigDecimal text, double number) {
    BigDecimal one = text.round(ONE_DIGIT);
    boolean mayDo = text.precision() == 2 && Math.abs(number) < FEW_DIGITS;
    return (mayDo && one.doubleValue() == number ? one : text).stripTrailingZeros();
  }

  /**
   * Returns the text of 0.ddd · 10^point.
   *
   * @param point the place of the decimal point, counted from the first digit
   */
  private static String unsigned(String digits, int point) {
    if (point < LEAST_POINT || point > GREATEST_POINT) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + (point > 0 ? "e+" : "e") + (point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return digits.length() <= point
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }
}
