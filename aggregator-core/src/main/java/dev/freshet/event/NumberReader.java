package dev.freshet.event;

import dev.freshet.fold.Occurrence;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;

/** Reads one number of an event into its place among the numbers. */
@FunctionalInterface
interface NumberReader {

  /**
   * Writes the number, or {@link Occurrence#NO_VALUE} if a member that it needs is absent.
   *
   * @param type the name of the event's type
   */
  void read(MemberValues values, String type, long occurredAtMillis, long[] into, int place)
      throws InvalidMemberException;

  /**
   * Returns the reader of an input.
   *
   * @param member returns the member at a path
   * @param time the unit of times without a unit of their own
   */
  static NumberReader of(Input input, Function<String, Member> member, TimeFormat time) {
    if (input instanceof Input.Decimal decimal) {
      return decimal(decimal, member.apply(decimal.path()));
    }
    if (input instanceof Input.Amount amount) {
      return member(member.apply(amount.path()), (m, v) -> m.amount(v).rounded(amount.scale()));
    }
    if (input instanceof Input.Flag flag) {
      return member(member.apply(flag.path()), Member::flag);
    }
    if (input instanceof Input.Instant instant) {
      TimeReader reader = new TimeReader(instant.time() == null ? time : instant.time());
      return member(member.apply(instant.path()), reader::time);
    }
    if (input instanceof Input.Seconds seconds) {
      return seconds(
          seconds,
          member.apply(seconds.from()),
          member.apply(seconds.to()),
          new TimeReader(seconds.time() == null ? time : seconds.time()));
    }
    return ofEvent(input);
  }

  private static NumberReader ofEvent(Input input) {
    if (input instanceof Input.HourOfDay hour) {
      return (values, type, at, into, place) ->
          into[place] = Math.floorMod(localSeconds(at, hour.zone()), 86_400L) / 3_600;
    }
    if (input instanceof Input.DayOfWeek day) {
      // 1970 began on a Thursday, the fourth day.
      return (values, type, at, into, place) ->
          into[place] =
              Math.floorMod(Math.floorDiv(localSeconds(at, day.zone()), 86_400L) + 3, 7L) + 1;
    }
    if (input instanceof Input.TypeIs typeIs) {
      return (values, type, at, into, place) -> into[place] = typeIs.type().equals(type) ? 1 : 0;
    }
    throw new IllegalArgumentException(input + " is a text, not a number");
  }

  private static long localSeconds(long millis, ZoneId zone) {
    int offset = zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds();
    return Math.floorDiv(millis, 1_000L) + offset;
  }

  /** Reads a number from one member. */
  @FunctionalInterface
  interface OfMember {
    long read(Member member, MemberValues values) throws InvalidMemberException;
  }

  private static NumberReader member(Member member, OfMember number) {
    return (values, type, at, into, place) ->
        into[place] = member.isAbsent(values) ? Occurrence.NO_VALUE : number.read(member, values);
  }

  private static NumberReader decimal(Input.Decimal input, Member member) {
    int digits = input.scale();
    if (!Columns.isWide(input)) {
      return member(member, (m, v) -> m.decimal(v).rounded(digits));
    }
    return (values, type, at, into, place) -> {
      if (member.isAbsent(values)) {
        into[place] = Occurrence.NO_VALUE;
      } else {
        member.decimal(values).split(digits, into, place);
      }
    };
  }

  private static NumberReader seconds(
      Input.Seconds input, Member start, Member end, TimeReader time) {
    return (values, type, at, into, place) -> {
      long from = start.isAbsent(values) ? Timestamps.UNPARSABLE : time.time(start, values);
      long to = end.isAbsent(values) ? Timestamps.UNPARSABLE : time.time(end, values);
      if (from == Timestamps.UNPARSABLE || to == Timestamps.UNPARSABLE) {
        into[place] = Occurrence.NO_VALUE;
      } else if (to < from && !input.signed()) {
        throw new InvalidMemberException(
            Reason.NEGATIVE_DURATION,
            end.name() + " lies " + (from - to) + " ms before " + start.name());
      } else {
        into[place] = to - from;
      }
    };
  }
}
