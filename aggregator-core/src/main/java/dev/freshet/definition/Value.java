package dev.freshet.definition;

import java.util.List;

/** The number that a feature group takes from each event. */
public sealed interface Value {

  /** The seconds from one time of an event to another; the end must not lie before the start. */
  static Value seconds(String fromMember, String toMember) {
    return new Seconds(fromMember, toMember);
  }

  /** A JSON number of magnitude below 10⁹, rounded half-even to 6 fraction digits. */
  static Value amount(String member) {
    return new Amount(member);
  }

  /** The event members that the value is made of. */
  List<String> members();

  /** See {@link #seconds}. */
  record Seconds(String fromMember, String toMember) implements Value {
    @Override
    public List<String> members() {
      return List.of(fromMember, toMember);
    }

    @Override
    public String toString() {
      return toMember + " − " + fromMember + " (seconds)";
    }
  }

  /** See {@link #amount}. */
  record Amount(String member) implements Value {
    @Override
    public List<String> members() {
      return List.of(member);
    }

    @Override
    public String toString() {
      return member;
    }
  }
}
