package dev.freshet.replay.table;

import dev.freshet.event.Timestamps;

/** A value of a table, which is kept exactly. */
public final class Cell {

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

  private final Kind kind;
  private final long number;
  private final ParquetValues column;
  private String text;

  /**
   * @param text the digits of a number, the document of JSON, RFC 3339 of a time, Base64 of bytes
   */
  public Cell(Kind kind, String text) {
    this(kind, text, 0, null);
  }

  /** Creates a cell of a number in a column of Parquet, which makes a text of it if need be. */
  Cell(Kind kind, long number, ParquetValues column) {
    this(kind, null, number, column);
  }

  private Cell(Kind kind, String text, long number, ParquetValues column) {
    this.kind = kind;
    this.text = text;
    this.number = number;
    this.column = column;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the text, as it is given to the constructor. */
  public String text() {
    text = text == null ? column.text(number) : text;
    return text;
  }

  /** Returns the number as it stands in a column of Parquet. */
  long number() {
    return number;
  }

  /** Returns the column of {@link #number}; null if the cell is a text. */
  ParquetValues column() {
    return column;
  }

  /**
   * Returns the instant of a time with or without a zone, in epoch milliseconds; {@link
   * Timestamps#UNPARSABLE} if RFC 3339 cannot write it.
   */
  public long millis() {
    return column != null
        ? column.millis(number)
        : Timestamps.parse(kind == Kind.LOCAL_TIMESTAMP ? text + "Z" : text);
  }

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
    return kind == Kind.NUMBER && text().equals("NaN");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cell that && kind == that.kind && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return kind + " " + text();
  }
}
