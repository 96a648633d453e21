package dev.freshet.replay.table;

/**
 * A value of a table that is kept as it is.
 *
 * @param kind what it is
 * @param text its text: of a number its digits, of JSON the document, of a time RFC 3339
 */
public record Cell(Kind kind, String text) {

  /** What a cell is; the columns of a Parquet file follow from it. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    NUMBER,
    DATE,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    TEXT,
    /** An object or an array. */
    JSON;

    /** What holds cells of both kinds. */
    public Kind or(Kind other) {
      if (this == other) {
        return this;
      }
      boolean numbers =
          (this == INTEGER || this == NUMBER) && (other == INTEGER || other == NUMBER);
      return numbers ? NUMBER : TEXT;
    }
  }

  private static final int SURELY_64_BITS = 18;

  public static Cell text(String text) {
    return new Cell(Kind.TEXT, text);
  }

  /** An integer of any length; one of more than 64 bits is kept as text. */
  public static Cell integer(String digits) {
    boolean fits = digits.length() <= SURELY_64_BITS || fits(digits);
    return new Cell(fits ? Kind.INTEGER : Kind.TEXT, digits);
  }

  private static boolean fits(String digits) {
    try {
      Long.parseLong(digits);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
