package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Value;

/** The number that is taken of each event: {@code from:to} seconds, or the amount of a member. */
final class Values {

  private Values() {}

  static Call<Value> of(String text) {
    String[] members = text.strip().split(":", -1);
    if (members.length > 2 || members[0].isBlank() || members[members.length - 1].isBlank()) {
      throw new IllegalArgumentException(
          "a value is FROM:TO for the seconds between two times, or the MEMBER of an amount: '"
              + text
              + "'");
    }
    return members.length == 2
        ? Call.of(
            Value.class,
            "seconds",
            "\"%s\", \"%s\"".formatted(members[0], members[1]),
            Value.seconds(members[0], members[1]))
        : Call.of(Value.class, "amount", '"' + members[0] + '"', Value.amount(members[0]));
  }
}
