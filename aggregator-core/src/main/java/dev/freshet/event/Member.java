package dev.freshet.event;

/** One member of an event, read as an id or a number. */
record Member(String name, int index) {

  private static final int LONGEST_ID = 256;
  private static final int AMOUNT_POWER = 9;
  private static final int DECIMAL_POWER = 12;

  boolean isAbsent(MemberValues values) {
    return values.isAbsent(index);
  }

  void require(MemberValues values) throws InvalidMemberException {
    if (isAbsent(values)) {
      throw invalid(Reason.MISSING_MEMBER, "is missing");
    }
  }

  /** Reads a string of 1 to {@code longest} characters. */
  String string(MemberValues values, int longest) throws InvalidMemberException {
    if (!values.isString(index) || !isText(values.text(index), longest)) {
      throw wrongType(values, "a string of 1 to " + longest + " characters");
    }
    return values.text(index);
  }

  /**
   * Reads a string of 1 to 256 characters or an integer; {@code 7} and {@code "7"} are the same id.
   */
  String id(MemberValues values) throws InvalidMemberException {
    return id(values, LONGEST_ID);
  }

  /** Reads a string of 1 to {@code longest} characters or an integer, as text. */
  String id(MemberValues values, int longest) throws InvalidMemberException {
    boolean typed = values.isString(index) || values.isInteger(index);
    if (!typed || !isText(values.text(index), longest)) {
      throw wrongType(values, "a string of 1 to " + longest + " characters or an integer");
    }
    String text = values.text(index);
    return values.isInteger(index) && text.equals("-0") ? "0" : text;
  }

  /** Reads a JSON number of magnitude below 10⁹. */
  Decimals amount(MemberValues values) throws InvalidMemberException {
    if (!values.isNumber(index)) {
      throw wrongType(values, "a number");
    }
    Decimals amount = new Decimals(values.text(index));
    if (!amount.isBelow(AMOUNT_POWER)) {
      throw outOfRange(values, "below 10^9");
    }
    return amount;
  }

  /** Reads a JSON number or a decimal text of magnitude up to 10¹². */
  Decimals decimal(MemberValues values) throws InvalidMemberException {
    boolean isText = values.isString(index) && Decimals.isDecimal(values.text(index));
    if (!isText && !values.isNumber(index)) {
      throw wrongType(values, "a number or a decimal text such as \"12.50\"");
    }
    Decimals decimal = new Decimals(values.text(index));
    if (!decimal.isAtMost(DECIMAL_POWER)) {
      throw outOfRange(values, "up to 10^12");
    }
    return decimal;
  }

  /** Reads 1 for {@code true} and 0 for {@code false}. */
  long flag(MemberValues values) throws InvalidMemberException {
    if (!values.isTrue(index) && !values.isFalse(index)) {
      throw wrongType(values, "true or false");
    }
    return values.isTrue(index) ? 1 : 0;
  }

  private InvalidMemberException outOfRange(MemberValues values, String range) {
    return invalid(
        Reason.AMOUNT_OUT_OF_RANGE,
        "must be of a magnitude %s, not %s".formatted(range, Quote.cut(values.text(index))));
  }

  InvalidMemberException wrongType(MemberValues values, String expected) {
    return invalid(
        Reason.WRONG_TYPE, "must be %s, not %s".formatted(expected, values.shown(index)));
  }

  InvalidMemberException invalid(Reason reason, String complaint) {
    return new InvalidMemberException(reason, name + " " + complaint);
  }

  private static boolean isText(String text, int longest) {
    return !text.isEmpty()
        && (text.length() <= longest || text.codePointCount(0, text.length()) <= longest)
        && Utf8.canWrite(text);
  }
}
