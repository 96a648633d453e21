package dev.freshet.cli.option;

import dev.freshet.event.Quote;
import dev.freshet.event.Timestamps;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads RFC 3339 times. */
public final class Times implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    long millis = Timestamps.parse(text);
    if (millis == Timestamps.UNPARSABLE) {
      throw new TypeConversionException(
          Quote.of(text) + " is not a time such as 2026-05-04T12:00:00Z");
    }
    return Instant.ofEpochMilli(millis);
  }
}
