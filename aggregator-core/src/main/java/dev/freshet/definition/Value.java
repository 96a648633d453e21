package dev.freshet.definition;

import java.util.List;

/** The number that a feature group takes from each event. */
public sealed interface Value {

  /** Takes the seconds from one time of an event to another; an end before the start is invalid. */
  static Value seconds(String fromMember, String toMember) {
    return new Seconds(fromMember, toMember);
  }

  /** Takes a JSON number of magnitude below 10⁹, rounded half-even to 6 fraction digits. */
  static Value amount(String member) {
    return new Amount(member);
  }

  /** The event members that the value is computed from. */
  List<String> members();

  /**
   * Returns whether a group skips events without this value; an event without an amount still
   * counts in windows.
   */
  boolean isRequired();

  /** The unit, for people to read, with a space in front; empty if it has none. */
  String unit();

  private static void requireMember(String member) {
    if (member.isBlank()) {
      throw new IllegalArgumentException("a value needs the name of a member: '" + member + "'");
    }
  }

  /** See {@link #seconds}. */
  record Seconds(String fromMember, String toMember) implements Value {
    public Seconds {
      requireMember(fromMember);
      requireMember(toMember);
      if (fromMember.equals(toMember)) {
        throw new IllegalArgumentException(
            "seconds() from %s to itself are always 0: name two members"
                .formatted(Names.cut(fromMember)));
      }
    }

    @Override
    public List<String> members() {
      return List.of(fromMember, toMember);
    }

    @Override
    public boolean isRequired() {
      return true;
    }

    @Override
    public String unit() {
      return " s";
    }

    @Override
    public String toString() {
      return toMember + " − " + fromMember + " (seconds)";
    }
  }

  /** See {@link #amount}. */
  record Amount(String member) implements Value {
    public Amount {
      requireMember(member);
    }

    @Override
    public List<String> members() {
      return List.of(member);
    }

    @Override
    public boolean isRequired() {
      return false;
    }

    @Override
    public String unit() {
      return "";
    }

    @Override
    public String toString() {
      return member;
    }
  }
}
