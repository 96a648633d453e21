package dev.freshet.event;

/** Formats bad values for messages: on one line, cut to 40 characters. */
public final class Quote {

  private static final int LONGEST = 40;

  private Quote() {}

  /** Returns the value in quotation marks. */
  public static String of(String value) {
    return "'" + cut(value) + "'";
  }

  /** Returns the value's first 40 characters, with an ellipsis if there are more. */
  public static String cut(String value) {
    int most = Math.min(value.length(), 2 * LONGEST + 1);
    boolean cut = value.codePointCount(0, most) > LONGEST;
    String start = cut ? value.substring(0, value.offsetByCodePoints(0, LONGEST)) : value;
    StringBuilder line = new StringBuilder(LONGEST + 1);
    start.codePoints().map(Quote::printable).forEach(line::appendCodePoint);
    return cut ? line.append('…').toString() : line.toString();
  }

  private static int printable(int point) {
    int type = Character.getType(point);
    boolean breaks =
        type == Character.CONTROL
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SURROGATE;
    return breaks ? ' ' : point;
  }
}
