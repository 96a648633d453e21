package dev.freshet.event;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * RFC 3339 date-times, read to the millisecond (further digits are cut).
 *
 * <p>Written by hand because every event carries several times: {@code
 * java.time.format.DateTimeFormatter} takes over a microsecond for each.
 */
public final class Timestamps {

  /** A text that is not an RFC 3339 date-time; itself no valid instant. */
  public static final long UNPARSABLE = Long.MIN_VALUE;

  /** The first and the last instant that RFC 3339 can write, in epoch milliseconds. */
  static final long EARLIEST = -62_167_219_200_000L;

  static final long LATEST = 253_402_300_799_999L;

  private static final int DATE_AND_TIME = 19;
  private static final int MOST_FRACTION_DIGITS = 9;

  private Timestamps() {}

  /** Epoch milliseconds, or {@link #UNPARSABLE}. */
  public static long parse(String text) {
    if (text.length() < DATE_AND_TIME + 1 || !hasShape(text)) {
      return UNPARSABLE;
    }
    int end = DATE_AND_TIME;
    int fractionMillis = 0;
    if (text.charAt(end) == '.') {
      int digits = digitsFrom(text, ++end);
      if (digits < 1 || digits > MOST_FRACTION_DIGITS) {
        return UNPARSABLE;
      }
      fractionMillis = millis(text, end, digits);
      end += digits;
    }
    long local = localMillis(text);
    int offsetMinutes = offsetMinutes(text, end);
    return local == UNPARSABLE || offsetMinutes == Integer.MIN_VALUE
        ? UNPARSABLE
        : within(local + fractionMillis - offsetMinutes * 60_000L);
  }

  /** Epoch milliseconds that an integer's digits say, or {@link #UNPARSABLE}. */
  public static long parseInteger(String digits) {
    try {
      return within(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return UNPARSABLE; // beyond 64 bits
    }
  }

  /** What is wrong with a text that {@link #parse} does not read, and what was expected. */
  public static String complaint(String text) {
    return "is %s: a time such as 2026-05-04T12:00:00Z or an integer of epoch milliseconds expected"
        .formatted(Quote.of(text));
  }

  /** What is wrong with an integer that {@link #parseInteger} does not read. */
  public static String integerComplaint(String digits) {
    return "is %s: epoch milliseconds of the years 0000 to 9999 expected"
        .formatted(Quote.cut(digits));
  }

  /** The instant itself if RFC 3339 can write it, else {@link #UNPARSABLE}. */
  static long within(long epochMillis) {
    return epochMillis < EARLIEST || epochMillis > LATEST ? UNPARSABLE : epochMillis;
  }

  private static boolean hasShape(String text) {
    char separator = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (separator == 'T' || separator == 't' || separator == ' ')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static long localMillis(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
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

  /** Minutes east of UTC, or {@code Integer.MIN_VALUE}. */
  private static int offsetMinutes(String text, int from) {
    int rest = text.length() - from;
    if (rest == 1 && (text.charAt(from) == 'Z' || text.charAt(from) == 'z')) {
      return 0;
    }
    if (rest != 6 || text.charAt(from + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int sign = text.charAt(from) == '+' ? 1 : text.charAt(from) == '-' ? -1 : 0;
    int hours = number(text, from + 1, 2);
    int minutes = number(text, from + 4, 2);
    return sign == 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59
        ? Integer.MIN_VALUE
        : sign * (hours * 60 + minutes);
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

  /** The number that the digits say; negative if one is not a digit. */
  private static int number(String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      if (!isDigit(text.charAt(i))) {
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
