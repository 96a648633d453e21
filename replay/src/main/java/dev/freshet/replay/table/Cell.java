package dev.freshet.replay.table;

/**
 * A value of a table, which is kept exactly.
 *
 * @param text the digits of a number, the document of JSON, RFC 3339 of a time, Base64 of bytes
 */
public record Cell(Kind kind, String text) {

  /** The kind of a cell. */
  public enum Kind {
    BOOLEAN,
    /** A whole number that 64 bits and a double hold exactly. */
    INTEGER,
    /** A whole number that 64 bits hold exactly, but a double may not. */
    LONG,
    /** A floating-point number, or a number written like one. */
    NUMBER,
    /** A number that only text holds exactly. */
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

    /** Returns the kind that holds cells of both kinds. */
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

    /** Tells whether its cells are numbers. */
    public boolean isNumber() {
      return this == INTEGER || this == LONG || this == NUMBER || this == DIGITS;
    }
  }

  private static final int SURELY_EXACT = 15;
  private static final long MOST_EXACT = 1L << 53;

  public static Cell text(String text) {
    return new Cell(Kind.TEXT, text);
  }

  /** Returns a cell of an integer of any length. */
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

  /** Returns a cell of a number with a fraction or an exponent; digits if no double holds it. */
  public static Cell number(String digits) {
    return new Cell(holds(Double.parseDouble(digits), digits) ? Kind.NUMBER : Kind.DIGITS, digits);
  }

  /** Tells whether a double is finite, and zero only if the text says zero. */
  private static boolean holds(double number, String digits) {
    return Double.isFinite(number) && (number != 0 || isZero(digits));
  }

  private static boolean isZero(String digits) {
    return digits.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c > '0' && c <= '9');
  }

  /** Tells whether this is NaN. Only Parquet can write it; in other formats it is absent. */
  public boolean isNaN() {
    return kind == Kind.NUMBER && text.equals("NaN");
  }
}
