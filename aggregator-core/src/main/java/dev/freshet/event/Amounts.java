package dev.freshet.event;

/** Parses amounts as millionths, rounded half-even. */
final class Amounts {

  /** Stands for a number outside the range of amounts. */
  static final long OUT_OF_RANGE = Long.MIN_VALUE;

  private static final int FRACTION_DIGITS = 6;
  private static final int INTEGER_DIGITS = 9;
  private static final long FAR = Integer.MAX_VALUE;

  private Amounts() {}

  /**
   * Returns the millionths of a JSON number of magnitude below 10⁹, or {@link #OUT_OF_RANGE}; a
   * half rounds to the even one.
   *
   * <p>Counts digits and expands nothing, so that {@code 1e999999999} or a number of a thousand
   * digits costs no memory.
   */
  static long micros(String jsonNumber) {
    int end = mantissaEnd(jsonNumber);
    int first = 0;
    while (first < end && !isNonZeroDigit(jsonNumber.charAt(first))) {
      first++;
    }
    if (first == end) {
      return 0;
    }
    long integerDigits = integerDigits(jsonNumber, first, end) + exponent(jsonNumber, end);
    if (integerDigits > INTEGER_DIGITS) {
      return OUT_OF_RANGE;
    }
    long micros = rounded(jsonNumber, first, end, integerDigits + FRACTION_DIGITS);
    return jsonNumber.charAt(0) == '-' ? -micros : micros;
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

  /** Returns the number that the first {@code digits} digits make, rounded by the rest. */
  private static long rounded(String number, int first, int end, long digits) {
    if (digits < 0) {
      return 0;
    }
    long taken = 0;
    int next = first;
    for (long i = 0; i < digits; next++) {
      char each = next < end ? number.charAt(next) : '0';
      if (each != '.') {
        taken = taken * 10 + (each - '0');
        i++;
      }
    }
    return taken + (isRoundedUp(number, next, end, taken % 2 != 0) ? 1 : 0);
  }

  private static boolean isRoundedUp(String number, int from, int end, boolean odd) {
    int at = from < end && number.charAt(from) == '.' ? from + 1 : from;
    if (at >= end || number.charAt(at) != '5') {
      return at < end && number.charAt(at) > '5';
    }
    for (int i = at + 1; i < end; i++) {
      if (isNonZeroDigit(number.charAt(i))) {
        return true;
      }
    }
    return odd;
  }

  private static boolean isNonZeroDigit(char c) {
    return c >= '1' && c <= '9';
  }
}
