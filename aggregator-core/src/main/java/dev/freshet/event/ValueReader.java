package dev.freshet.event;

import dev.freshet.definition.Value;
import dev.freshet.event.Members.Values;
import java.util.List;

/** Reads a group's value from the members of an event. */
final class ValueReader {

  private static final long MICROS_PER_MILLI = 1_000;

  private final Value value;
  private final List<Member> members;

  ValueReader(Value value, Members members) {
    this.value = value;
    this.members = value.members().stream().map(members::member).toList();
  }

  /** Returns the value in millionths, or {@link Event#NO_VALUE} if a member it needs is absent. */
  long micros(Values values) throws InvalidMemberException {
    if (value instanceof Value.Seconds) {
      return durationMicros(values, members.get(0), members.get(1));
    }
    Member amount = members.get(0);
    return amount.isAbsent(values) ? Event.NO_VALUE : amount.amountMicros(values);
  }

  private static long durationMicros(Values values, Member start, Member end)
      throws InvalidMemberException {
    long from = time(values, start);
    long to = time(values, end);
    if (from == Timestamps.UNPARSABLE || to == Timestamps.UNPARSABLE) {
      return Event.NO_VALUE;
    }
    if (to < from) {
      throw new InvalidMemberException(
          Reason.NEGATIVE_DURATION,
          end.name() + " lies " + (from - to) + " ms before " + start.name());
    }
    return (to - from) * MICROS_PER_MILLI;
  }

  private static long time(Values values, Member member) throws InvalidMemberException {
    return member.isAbsent(values) ? Timestamps.UNPARSABLE : member.time(values);
  }
}
