package dev.freshet.event;

import static dev.freshet.event.SlowEventParser.require;

import dev.freshet.format.TimeFormat;
import dev.freshet.format.TimeFormat.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times by the contract, with the classes of {@code java.time}. */
final class SlowTimes {

  static final long YEAR_2000 = 946_684_800_000L;

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?"
              + "(Z|([+-])(\\d\\d)(?::?(\\d\\d))?)?");
  private static final long FIRST = -62_167_219_200_000L;
  private static final long FIRST_INTEGER = 100_000_000_000L;
  private static final long LAST = 253_402_300_799_999L;
  private static final BigDecimal FAR = new BigDecimal("1e18");

  private SlowTimes() {}

  static boolean hasOwnRules(TimeFormat format) {
    return format.unit() == Unit.TEXT_OR_MILLIS;
  }

  /** Returns epoch milliseconds; null if the value is absent. */
  static Long read(Object value, TimeFormat format) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      require(hasOwnRules(format) || format.unit() == Unit.TEXT);
      return between(FIRST, rfc3339(text, format.zone()));
    }
    require(value instanceof RawJson.Numeral && format.unit() != Unit.TEXT);
    RawJson.Numeral number = (RawJson.Numeral) value;
    require(number.isInteger() || format.unit() == Unit.SECONDS);
    long millis = millis(new BigDecimal(limited(number.text())), format.unit());
    return between(hasOwnRules(format) ? FIRST_INTEGER : YEAR_2000, millis);
  }

  /** Returns 0 for a number of so great or small an exponent that nothing can compute with it. */
  private static String limited(String number) {
    int exponent = number.toLowerCase(Locale.ROOT).indexOf('e');
    return exponent >= 0 && number.length() - exponent > 6 ? "0" : number;
  }

  private static long millis(BigDecimal number, Unit unit) {
    int places = unit == Unit.SECONDS ? 3 : unit == Unit.MICROS ? -3 : 0;
    BigDecimal millis = number.movePointRight(places);
    require(millis.abs().compareTo(FAR) < 0);
    return between(0, millis.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  private static long between(long first, long millis) {
    require(millis >= first && millis <= LAST);
    return millis;
  }

  private static long rfc3339(String text, ZoneId zone) {
    Matcher time = TIME.matcher(text.toUpperCase(Locale.ROOT));
    require(time.matches() && text.chars().allMatch(c -> c < 128));
    require(time.group(5) != null || zone != null);
    int second = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
    require(second <= 60);
    try {
      LocalDateTime local =
          LocalDateTime.parse(time.group(1) + "T" + time.group(2)).plusSeconds(second);
      String fraction = time.group(4) == null ? "" : time.group(4);
      long millis = Long.parseLong((fraction + "000").substring(0, 3));
      return time.group(5) == null
          ? ZonedDateTime.of(local, zone).toEpochSecond() * 1_000 + millis
          : local.toEpochSecond(ZoneOffset.UTC) * 1_000 + millis - offset(time);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static long offset(Matcher time) {
    if (time.group(6) == null) {
      return 0;
    }
    int hours = Integer.parseInt(time.group(7));
    int minutes = time.group(8) == null ? 0 : Integer.parseInt(time.group(8));
    require(hours < 24 && minutes < 60);
    return (time.group(6).equals("-") ? -1 : 1) * 60_000L * (hours * 60L + minutes);
  }
}
