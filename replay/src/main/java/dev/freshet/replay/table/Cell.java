package dev.freshet.replay.table;

/**
 * A value of a table that is kept as it is.
 *
 * @param kind what it is
 * @param text its text: of a number its digits, of JSON the document, of a time RFC 3339, of bytes
 *     Base64
 */
public record Cell(Kind kind, String text) {

  /** What a cell is. */
  public enum Kind {
    BOOLEAN,
    /** A whole number that 64 bits and a double hold exactly. */
    INTEGER,
    /** A whole number that 64 bits hold exactly, and a double may not. */
    LONG,
    /** A floating-point number, or one that is written as such. */
    NUMBER,
    /** A number that only its digits hold exactly. */
    DIGITS,
    DATE,
    /** A time of the day. */
    TIME,
    /** An instant. */
    TIMESTAMP,
    /** A date and a time of the day without a zone. */
    LOCAL_TIMESTAMP,
    TEXT,
    BYTES,
    /** An object or an array. */
    JSON;

    /** What holds cells of both kinds. */
    public Kind or(Kind other) {
      if (this == other) {
        return this;
      }
      if (!isNumber() || !other.isNumber()) {
        return TEXT;
      }
      boolean more = compareTo(other) > 0;
      Kind greater = more ? this : other;
      Kind lesser = more ? other : this;
      return lesser == LONG ? DIGITS : greater;
    }

    /** Whether its cells are numbers. */
    public boolean isNumber() {
      return this == INTEGER || this == LONG || this == NUMBER || this == DIGITS;
    }
  }

  private static final int SURELY_EXACT = 15;
  private static final long MOST_EXACT = 1L << 53;

  public static Cell text(String text) {
    return new Cell(Kind.TEXT, text);
  }

  /** An integer of any length. */
  public static Cell integer(String digits) {
    return new Cell(digits.length() <= SURELY_EXACT ? Kind.INTEGER : longKind(digits), digits);
  }

  private static Kind longKind(String digits) {
    try {
      long number = Long.parseLong(digits);
      return -MOST_EXACT <= number && number <= MOST_EXACT ? Kind.INTEGER : Kind.LONG;
    } catch (NumberFormatException e) {
      return Kind.DIGITS;
    }
  }

  /** A number with a fraction or an exponent; what is too large for a double is its digits. */
  public static Cell number(String digits) {
    return new Cell(holds(Double.parseDouble(digits), digits) ? Kind.NUMBER : Kind.DIGITS, digits);
  }

  /** Neither infinite nor, other than the text, zero. */
  private static boolean holds(double number, String digits) {
    return Double.isFinite(number) && (number != 0 || isZero(digits));
  }

  private static boolean isZero(String digits) {
    return digits.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c > '0' && c <= '9');
  }

  /** Whether this is not a number: no format but Parquet has such, so it is absent in others. */
  public boolean isNaN() {
    return kind == Kind.NUMBER && text.equals("NaN");
  }
}
