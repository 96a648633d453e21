package dev.freshet.operations.events;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes the times of events; {@link dev.freshet.event.Timestamps} reads them. */
public final class EventTimes {

  private static final DateTimeFormatter UTC_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private EventTimes() {}

  /**
   * Returns the time in UTC with exactly three decimals, such as {@code 2026-01-31T08:15:00.250Z}.
   */
  public static String text(long epochMillis) {
    return UTC_MILLIS.format(Instant.ofEpochMilli(epochMillis));
  }
}
