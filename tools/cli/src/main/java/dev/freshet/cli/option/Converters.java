package dev.freshet.cli.option;

import dev.freshet.event.Quote;
import dev.freshet.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
public final class Converters {

  private Converters() {}

  /** Reads a duration as people write it: {@code 60s}, {@code 5m}, {@code 1h30m}. */
  public static Duration duration(String text) {
    try {
      String iso = text.toUpperCase(Locale.ROOT);
      Duration duration = Duration.parse(iso.startsWith("P") ? iso : "PT" + iso);
      if (duration.isNegative() || duration.isZero()) {
        throw new TypeConversionException("'" + text + "' is not longer than nothing");
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is not a duration such as 60s or 5m");
    }
  }

  /** Reads an RFC 3339 time. */
  public static Instant time(String text) {
    long millis = Timestamps.parse(text);
    if (millis == Timestamps.UNPARSABLE) {
      throw new TypeConversionException(
          Quote.of(text) + " is not a time such as 2026-05-04T12:00:00Z");
    }
    return Instant.ofEpochMilli(millis);
  }
}
