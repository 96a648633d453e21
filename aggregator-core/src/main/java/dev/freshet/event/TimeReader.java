package dev.freshet.event;

import dev.freshet.format.TimeFormat;
import dev.freshet.format.TimeFormat.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Reads the times of events in the unit of a format, as epoch milliseconds; further digits are cut
 * off.
 *
 * <p>A number that is a time before 2000 in its unit is probably in another one, and so is
 * unparsable. {@link TimeFormat#RFC3339_OR_MILLIS} has rules of its own, those of {@link
 * Timestamps}.
 */
record TimeReader(TimeFormat format) {

  private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** The fraction digits of each unit in milliseconds. */
  private static final int SECONDS = 3;

  private static final int MILLIS = 0;
  private static final int MICROS = -3;
  private static final int NANOS = -6;

  /** The integer digits of a time beyond the year 9999 in milliseconds. */
  private static final int TOO_MANY_DIGITS = 15;

  /**
   * Reads the time at which an event occurred.
   *
   * @param maxAhead how far ahead of the clock it may be
   */
  long occurredAt(Member member, MemberValues values, long nowMillis, Duration maxAhead)
      throws InvalidMemberException {
    long millis = read(member, values);
    long latest = nowMillis + DAY;
    if (!hasOwnRules() && (millis < EARLIEST || millis > latest)) {
      throw implausible(member, values, latest, ", from 2000 to a day ahead of the clock");
    }
    if (millis > nowMillis + maxAhead.toMillis()) {
      throw member.invalid(
          Reason.TOO_FAR_AHEAD,
          "is %d s ahead; %d are allowed"
              .formatted((millis - nowMillis) / 1_000, maxAhead.toSeconds()));
    }
    return millis;
  }

  /**
   * Reads any other time of an event, which may be planned; a text may be of any year, such as a
   * date of birth.
   */
  long time(Member member, MemberValues values) throws InvalidMemberException {
    long millis = read(member, values);
    if (!hasOwnRules() && format.unit() != Unit.TEXT && millis < EARLIEST) {
      throw implausible(member, values, Timestamps.LATEST, ", from 2000 on");
    }
    return millis;
  }

  private boolean hasOwnRules() {
    return format.unit() == Unit.TEXT_OR_MILLIS;
  }

  private long read(Member member, MemberValues values) throws InvalidMemberException {
    return switch (format.unit()) {
      case TEXT_OR_MILLIS -> textOrMillis(member, values);
      case TEXT -> text(member, values);
      case SECONDS -> number(member, values, SECONDS);
      case MILLIS -> number(member, values, MILLIS);
      case MICROS -> number(member, values, MICROS);
    };
  }

  private long textOrMillis(Member member, MemberValues values) throws InvalidMemberException {
    String text = values.text(member.index());
    boolean quoted = values.isString(member.index());
    if (!quoted && !values.isInteger(member.index())) {
      throw member.wrongType(values, format.unit().description());
    }
    long millis = quoted ? Timestamps.parse(text) : Timestamps.parseInteger(text);
    if (millis == Timestamps.UNPARSABLE) {
      throw member.invalid(
          Reason.UNPARSABLE_TIME,
          quoted ? Timestamps.complaint(text) : Timestamps.integerComplaint(text));
    }
    return millis;
  }

  private long text(Member member, MemberValues values) throws InvalidMemberException {
    if (!values.isString(member.index())) {
      throw member.wrongType(values, format.unit().description());
    }
    String text = values.text(member.index());
    long millis = Timestamps.parse(text, format.zone());
    if (millis == Timestamps.UNPARSABLE) {
      boolean lacksOffset = Timestamps.parse(text, ZoneOffset.UTC) != Timestamps.UNPARSABLE;
      throw unparsable(
          member,
          values,
          lacksOffset ? "; an offset, or a zone in the declaration of the format, is missing" : "");
    }
    return millis;
  }

  private long number(Member member, MemberValues values, int digits)
      throws InvalidMemberException {
    boolean seconds = format.unit() == Unit.SECONDS;
    if (seconds ? !values.isNumber(member.index()) : !values.isInteger(member.index())) {
      throw member.wrongType(
          values, (seconds ? "a number of " : "an integer of ") + format.unit().description());
    }
    long millis = millis(values.text(member.index()), digits);
    if (millis == Timestamps.UNPARSABLE) {
      throw implausible(member, values, Timestamps.LATEST, ", up to the year 9999");
    }
    return millis;
  }

  private static long millis(String number, int digits) {
    Decimals decimal = new Decimals(number);
    return decimal.isBelow(TOO_MANY_DIGITS - digits)
        ? Timestamps.within(decimal.cut(digits))
        : Timestamps.UNPARSABLE;
  }

  private InvalidMemberException implausible(
      Member member, MemberValues values, long latest, String range) {
    boolean isNumber = values.isNumber(member.index());
    return unparsable(member, values, isNumber ? guess(member, values, latest, range) : range);
  }

  /** Names the unit in which a number would be a plausible time. */
  private static String guess(Member member, MemberValues values, long latest, String otherwise) {
    for (int digits : new int[] {SECONDS, MILLIS, MICROS, NANOS}) {
      long millis = millis(values.text(member.index()), digits);
      if (millis >= EARLIEST && millis <= latest) {
        return ", this looks like " + name(digits);
      }
    }
    return otherwise;
  }

  private static String name(int digits) {
    return switch (digits) {
      case SECONDS -> "seconds";
      case MILLIS -> "milliseconds";
      case MICROS -> "microseconds";
      default -> "nanoseconds";
    };
  }

  private InvalidMemberException unparsable(Member member, MemberValues values, String hint) {
    return member.invalid(
        Reason.UNPARSABLE_TIME,
        "is %s: %s expected%s"
            .formatted(values.shown(member.index()), format.unit().description(), hint));
  }
}
