package dev.freshet.event;

/**
 * Reads the text of a decimal as an integer of a given number of fraction digits.
 *
 * <p>Counts digits and expands nothing, so that {@code 1e999999999} or a number of a thousand
 * digits costs no memory.
 */
final class Decimals {

  private static final long FAR = Integer.MAX_VALUE;

  private final String number;
  private final int end;
  private final int first;
  private final long integerDigits;

  /**
   * Reads a JSON number, or a text of which {@link #isDecimal} is true.
   *
   * @param number its text
   */
  Decimals(String number) {
    this.number = number;
    end = mantissaEnd(number);
    int digit = 0;
    while (digit < end && !isNonZeroDigit(number.charAt(digit))) {
      digit++;
    }
    first = digit;
    integerDigits = first == end ? 0 : integerDigits(number, first, end) + exponent(number, end);
  }

  /**
   * Returns whether a text is a decimal: digits, with or without a sign, a fraction and an
   * exponent.
   */
  static boolean isDecimal(String text) {
    int integerEnd = digitsEnd(text, signEnd(text, 0));
    boolean valid = integerEnd > signEnd(text, 0);
    int at = integerEnd;
    if (valid && at < text.length() && text.charAt(at) == '.') {
      at = digitsEnd(text, integerEnd + 1);
      valid = at > integerEnd + 1;
    }
    if (valid && at < text.length() && (text.charAt(at) | ' ') == 'e') {
      int exponent = signEnd(text, at + 1);
      at = digitsEnd(text, exponent);
      valid = at > exponent;
    }
    return valid && at == text.length();
  }

  private static int signEnd(String text, int from) {
    boolean sign = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+');
    return sign ? from + 1 : from;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** Returns whether the magnitude is below 10 to a power. */
  boolean isBelow(int power) {
    return integerDigits <= power;
  }

  /** Returns whether the magnitude is at most 10 to a power. */
  boolean isAtMost(int power) {
    return isBelow(power)
        || (integerDigits == power + 1 && number.charAt(first) == '1' && !hasDigitFrom(first + 1));
  }

  /**
   * Returns the number with some fraction digits, as an integer; a half rounds to the even one. The
   * integer must fit into 64 bits.
   */
  long rounded(int digits) {
    return signed(magnitude(digits));
  }

  /** Returns the number with some fraction digits, as an integer; further digits are cut off. */
  long cut(int digits) {
    return signed(taken(0, integerDigits + digits));
  }

  /**
   * Writes the whole units, and the digits after the point as an integer of the same sign; a half
   * rounds to the even digit.
   */
  void split(int digits, long[] into, int place) {
    long whole = taken(0, integerDigits);
    long fraction =
        integerDigits >= 0
            ? taken(integerDigits, digits) + (isRoundedUp(integerDigits + digits) ? 1 : 0)
            : magnitude(digits);
    boolean carries = fraction == (long) Math.pow(10, digits);
    into[place] = signed(carries ? whole + 1 : whole);
    into[place + 1] = carries ? 0 : signed(fraction);
  }

  private long magnitude(int digits) {
    long kept = integerDigits + digits;
    return taken(0, kept) + (isRoundedUp(kept) ? 1 : 0);
  }

  private long signed(long magnitude) {
    return number.charAt(0) == '-' ? -magnitude : magnitude;
  }

  private static int mantissaEnd(String number) {
    int end = 0;
    while (end < number.length() && number.charAt(end) != 'e' && number.charAt(end) != 'E') {
      end++;
    }
    return end;
  }

  /**
   * Returns the number of integer digits from the first non-zero digit; negative if that is after
   * the point.
   */
  private static long integerDigits(String number, int first, int end) {
    int point = number.indexOf('.');
    int integerEnd = point < 0 ? end : point;
    return integerEnd > first ? integerEnd - first : integerEnd + 1 - first;
  }

  /** Returns the exponent, limited to a magnitude that is out of range anyway. */
  private static long exponent(String number, int mantissaEnd) {
    long exponent = 0;
    for (int i = mantissaEnd + 1; i < number.length(); i++) {
      char each = number.charAt(i);
      if (each >= '0' && each <= '9') {
        exponent = Math.min(FAR, exponent * 10 + (each - '0'));
      }
    }
    boolean negative = exponent > 0 && number.charAt(mantissaEnd + 1) == '-';
    return negative ? -exponent : exponent;
  }

  /** Returns the integer that some digits make, counted from the first that is not zero. */
  private long taken(long from, long count) {
    long taken = 0;
    int at = place(from);
    for (long i = 0; i < count; at++) {
      char each = at < end ? number.charAt(at) : '0';
      if (each != '.') {
        taken = taken * 10 + (each - '0');
        i++;
      }
    }
    return taken;
  }

  /** Returns the place in the text of a digit, counted from the first that is not zero. */
  private int place(long digit) {
    int point = number.indexOf('.');
    int straight = (int) Math.min(end, first + digit);
    return point > first && point <= straight ? Math.min(end, straight + 1) : straight;
  }

  /** Returns whether the digits from one on make the digit before it greater. */
  private boolean isRoundedUp(long digit) {
    if (digit < 0) {
      return false;
    }
    int at = place(digit);
    if (at >= end || number.charAt(at) != '5' || hasDigitFrom(at + 1)) {
      return at < end && number.charAt(at) >= '5';
    }
    return digit > 0 && (number.charAt(place(digit - 1)) - '0') % 2 != 0;
  }

  private boolean hasDigitFrom(int from) {
    for (int i = from; i < end; i++) {
      if (isNonZeroDigit(number.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNonZeroDigit(char c) {
    return c >= '1' && c <= '9';
  }
}
