package dev.freshet.event;

import dev.freshet.event.Members.Values;

/** One member of an event, read as an id, a time or an amount. */
record Member(String name, int index) {

  private static final int LONGEST_ID = 256;

  boolean isAbsent(Values values) {
    return values.isAbsent(index);
  }

  void require(Values values) throws InvalidMemberException {
    if (isAbsent(values)) {
      throw invalid(Reason.MISSING_MEMBER, "is missing");
    }
  }

  /** Reads a string of 1 to {@code longest} characters. */
  String string(Values values, int longest) throws InvalidMemberException {
    if (!values.isString(index) || !isText(values.text(index), longest)) {
      throw wrongType(values, "a string of 1 to " + longest + " characters");
    }
    return values.text(index);
  }

  /**
   * Reads a string of 1 to 256 characters or an integer; {@code 7} and {@code "7"} are the same id.
   */
  String id(Values values) throws InvalidMemberException {
    boolean typed = values.isString(index) || values.isInteger(index);
    if (!typed || !isText(values.text(index), LONGEST_ID)) {
      throw wrongType(values, "a string of 1 to " + LONGEST_ID + " characters or an integer");
    }
    String text = values.text(index);
    return values.isInteger(index) && text.equals("-0") ? "0" : text;
  }

  /** Reads an RFC 3339 string or an integer of epoch milliseconds; returns epoch milliseconds. */
  long time(Values values) throws InvalidMemberException {
    String text = values.text(index);
    boolean quoted = values.isString(index);
    if (!quoted && !values.isInteger(index)) {
      throw wrongType(values, "an RFC 3339 string or an integer of epoch milliseconds");
    }
    long millis = quoted ? Timestamps.parse(text) : Timestamps.parseInteger(text);
    if (millis == Timestamps.UNPARSABLE) {
      throw invalid(
          Reason.UNPARSABLE_TIME,
          quoted ? Timestamps.complaint(text) : Timestamps.integerComplaint(text));
    }
    return millis;
  }

  /** Reads a JSON number as millionths. */
  long amountMicros(Values values) throws InvalidMemberException {
    if (!values.isNumber(index)) {
      throw wrongType(values, "a number");
    }
    String text = values.text(index);
    long micros = Amounts.micros(text);
    if (micros == Amounts.OUT_OF_RANGE) {
      throw invalid(
          Reason.AMOUNT_OUT_OF_RANGE, "must be of a magnitude below 10^9, not " + Quote.cut(text));
    }
    return micros;
  }

  private InvalidMemberException wrongType(Values values, String expected) {
    return invalid(
        Reason.WRONG_TYPE, "must be %s, not %s".formatted(expected, values.shown(index)));
  }

  private InvalidMemberException invalid(Reason reason, String complaint) {
    return new InvalidMemberException(reason, name + " " + complaint);
  }

  private static boolean isText(String text, int longest) {
    return !text.isEmpty()
        && (text.length() <= longest || text.codePointCount(0, text.length()) <= longest)
        && Utf8.canWrite(text);
  }
}
