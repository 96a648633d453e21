package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.ByteBuffer;

/** Parses decimal texts, short ones without an object. */
final class NumberText {

  /** Up to here an integer is a double without rounding. */
  private static final long EXACT = 1L << 53;

  private static final int MOST_DIGITS = 18;

  /** The powers of ten that are doubles without rounding; a quotient by one is rounded once. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private NumberText() {}

  /**
   * Returns the double that is nearest to a text.
   *
   * @throws NumberFormatException if the text is no number
   */
  static double parse(ByteBuffer text) {
    int end = text.limit();
    int at = text.position();
    boolean isNegative = at < end && text.get(at) == '-';
    long digits = 0;
    int point = -1;
    int from = isNegative ? at + 1 : at;
    if (from == end || end - from > MOST_DIGITS) {
      return parseLong(text);
    }
    for (int i = from; i < end; i++) {
      byte each = text.get(i);
      if (each >= '0' && each <= '9') {
        digits = 10 * digits + each - '0';
      } else if (each == '.' && point < 0 && i > from && i + 1 < end) {
        point = i;
      } else {
        return parseLong(text);
      }
    }
    if (digits > EXACT) {
      return parseLong(text);
    }
    double number = point < 0 ? digits : digits / POWERS[end - point - 1];
    return isNegative ? -number : number;
  }

  private static double parseLong(ByteBuffer text) {
    byte[] bytes = new byte[text.remaining()];
    text.get(text.position(), bytes);
    return NumberInput.parseDouble(new String(bytes, US_ASCII), true);
  }
}
