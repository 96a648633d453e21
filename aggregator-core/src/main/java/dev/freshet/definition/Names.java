package dev.freshet.definition;

import java.util.regex.Pattern;

/** The rule for names that become parts of keys, fields and columns: lower snake case. */
final class Names {

  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** In characters; keeps the largest possible result within one Kinesis record. */
  private static final int LONGEST = 128;

  private static final int LONGEST_QUOTED = 40;

  private Names() {}

  /** Shortens a text for messages. */
  static String cut(String text) {
    return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…";
  }

  static String requireSnakeCase(String what, String name) {
    if (!SNAKE_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException(what + " must be lower snake case: '" + cut(name) + "'");
    }
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s must have at most %d characters: '%s'".formatted(what, LONGEST, cut(name)));
    }
    return name;
  }
}
