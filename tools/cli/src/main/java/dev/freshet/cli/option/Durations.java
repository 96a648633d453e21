package dev.freshet.cli.option;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 60s}, {@code 5m}, {@code 1h30m}. */
public final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
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
}
