package dev.freshet.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Parses times: RFC 3339 date-times, to the millisecond (further digits are cut), or integers of
 * epoch milliseconds. All readers of times use this class.
 *
 * <p>Beyond RFC 3339, a space may replace the {@code T}, the seconds may be missing, and an offset
 * may be {@code +0000} or {@code +00}.
 *
 * <p>Written by hand because every event carries several times: {@code
 * java.time.format.DateTimeFormatter} takes over a microsecond for each.
 */
public final class Timestamps {

  /** Stands for a text that is not a time; not a valid instant itself. */
  public static final long UNPARSABLE = Long.MIN_VALUE;

  /** The first and the last instant that RFC 3339 can write, in epoch milliseconds. */
  static final long EARLIEST = -62_167_219_200_000L;

  static final long LATEST = 253_402_300_799_999L;

  /**
   * The least integer accepted as milliseconds, in 1973. Seconds of today are smaller: read as
   * milliseconds they would be days of 1970, and nobody would notice.
   */
  static final long LEAST_INTEGER = 100_000_000_000L;

  private static final long LEAST_SECONDS = LEAST_INTEGER / 1_000;
  private static final long LEAST_NANOS = LEAST_INTEGER * 1_000_000;

  private static final long NO_OFFSET = Integer.MIN_VALUE * 60_000L;

  private static final int DATE_AND_MINUTE = 16;
  private static final int SECONDS = 3;
  private static final int MOST_FRACTION_DIGITS = 9;

  private Timestamps() {}

  /** Returns the epoch milliseconds of a date-time, or {@link #UNPARSABLE}. */
  public static long parse(String text) {
    return parse(text, null);
  }

  /**
   * Returns the epoch milliseconds of a date-time, or {@link #UNPARSABLE}.
   *
   * @param zone the zone of a text without an offset; null if it needs one. An hour that the clocks
   *     of the zone show twice is the first; one that they leave out is read with the offset before
   */
  public static long parse(String text, ZoneId zone) {
    if (text.length() < DATE_AND_MINUTE || !hasShape(text)) {
      return UNPARSABLE;
    }
    int end = DATE_AND_MINUTE;
    int second = 0;
    int fractionMillis = 0;
    if (end < text.length() && text.charAt(end) == ':') {
      second = number(text, end + 1, 2);
      end += SECONDS;
      int digits = fractionDigits(text, end);
      if (digits < 0) {
        return UNPARSABLE;
      }
      fractionMillis = digits == 0 ? 0 : millis(text, end + 1, digits);
      end += digits == 0 ? 0 : digits + 1;
    }
    long local = localMillis(text, second);
    if (local == UNPARSABLE) {
      return UNPARSABLE;
    }
    long offset =
        end == text.length() && zone != null
            ? offsetMillis(local, zone)
            : offsetMinutes(text, end) * 60_000L;
    return offset == NO_OFFSET ? UNPARSABLE : within(local + fractionMillis - offset);
  }

  private static long offsetMillis(long localMillis, ZoneId zone) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(Math.floorDiv(localMillis, 1_000L), 0, ZoneOffset.UTC);
    return zone.getRules().getOffset(local).getTotalSeconds() * 1_000L;
  }

  /** Returns the epoch milliseconds of an integer's digits, or {@link #UNPARSABLE}. */
  public static long parseInteger(String digits) {
    try {
      return ofInteger(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return UNPARSABLE; // beyond 64 bits
    }
  }

  /**
   * Returns the integer if it is from 10¹¹ to the end of the year 9999, else {@link #UNPARSABLE}:
   * it is probably in another unit.
   */
  public static long ofInteger(long epochMillis) {
    return epochMillis < LEAST_INTEGER ? UNPARSABLE : within(epochMillis);
  }

  /** Describes a text that {@link #parse} rejects, and what was expected. */
  public static String complaint(String text) {
    return "is %s: a time such as 2026-05-04T12:00:00Z or an integer of epoch milliseconds expected"
        .formatted(Quote.of(text));
  }

  /** Describes an integer that {@link #parseInteger} rejects. */
  public static String integerComplaint(String digits) {
    String unit = unit(digits);
    return "is %s: epoch milliseconds expected, %s"
        .formatted(
            Quote.cut(digits),
            unit.isEmpty() ? "from 10^11 to the year 9999" : "this looks like " + unit);
  }

  /**
   * Returns the unit in which an integer would be a plausible time, after 1973; empty if there is
   * none.
   */
  private static String unit(String digits) {
    try {
      long number = Long.parseLong(digits);
      return number < LEAST_SECONDS
          ? ""
          : number < LEAST_INTEGER
              ? "seconds"
              : number < LEAST_NANOS ? "microseconds" : "nanoseconds";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  /** Returns the instant if RFC 3339 can write it, else {@link #UNPARSABLE}. */
  public static long within(long epochMillis) {
    return epochMillis < EARLIEST || epochMillis > LATEST ? UNPARSABLE : epochMillis;
  }

  private static boolean hasShape(String text) {
    char separator = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (separator == 'T' || separator == 't' || separator == ' ')
        && text.charAt(13) == ':';
  }

  private static long localMillis(String text, int second) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    // A leap second, :60, is the first second of the next minute.
    if (year < 0
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60) {
      return UNPARSABLE;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return ((days * 24 + hour) * 60 + minute) * 60_000L + second * 1_000L;
    } catch (DateTimeException e) {
      return UNPARSABLE;
    }
  }

  /** Returns the minutes east of UTC, or {@code Integer.MIN_VALUE} if it is not an offset. */
  private static int offsetMinutes(String text, int from) {
    int rest = text.length() - from;
    if (rest == 1 && (text.charAt(from) == 'Z' || text.charAt(from) == 'z')) {
      return 0;
    }
    if (rest != 3 && rest != 5 && (rest != 6 || text.charAt(from + 3) != ':')) {
      return Integer.MIN_VALUE;
    }
    int sign = text.charAt(from) == '+' ? 1 : text.charAt(from) == '-' ? -1 : 0;
    int hours = number(text, from + 1, 2);
    int minutes = rest == 3 ? 0 : number(text, text.length() - 2, 2);
    return sign == 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59
        ? Integer.MIN_VALUE
        : sign * (hours * 60 + minutes);
  }

  /**
   * Returns the number of digits in the fraction; 0 without a fraction, negative if there are too
   * many.
   */
  private static int fractionDigits(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '.') {
      return 0;
    }
    int digits = digitsFrom(text, from + 1);
    return digits < 1 || digits > MOST_FRACTION_DIGITS ? -1 : digits;
  }

  private static int digitsFrom(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end - from;
  }

  private static int millis(String text, int from, int digits) {
    int millis = number(text, from, Math.min(digits, 3));
    return digits == 1 ? millis * 100 : digits == 2 ? millis * 10 : millis;
  }

  /** Parses digits; returns a negative number if one is not a digit. */
  private static int number(String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      if (i >= text.length() || !isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
