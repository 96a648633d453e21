package dev.freshet.local.events;

import dev.freshet.event.Timestamps;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;

/**
 * The times of events: RFC 3339 with any offset, or epoch milliseconds; kept to the millisecond.
 */
public final class EventTimes {

  private static final DateTimeFormatter UTC_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final long EARLIEST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private EventTimes() {}

  /** The time in UTC with exactly three decimals, such as {@code 2026-01-31T08:15:00.250Z}. */
  public static String text(long epochMillis) {
    return UTC_MILLIS.format(Instant.ofEpochMilli(epochMillis));
  }

  /** Epoch milliseconds of a text that the functions read as a time; empty if they would not. */
  static OptionalLong parse(String text) {
    long epochMillis = Timestamps.parse(text);
    return epochMillis == Timestamps.UNPARSABLE
        ? OptionalLong.empty()
        : OptionalLong.of(epochMillis);
  }

  /** The same time where RFC 3339 can express it (years 0000 to 9999), empty elsewhere. */
  static OptionalLong inRange(long epochMillis) {
    return epochMillis >= EARLIEST && epochMillis <= LATEST
        ? OptionalLong.of(epochMillis)
        : OptionalLong.empty();
  }
}
