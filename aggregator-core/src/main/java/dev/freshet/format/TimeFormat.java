package dev.freshet.format;

import java.time.ZoneId;
import java.util.Objects;

/**
 * The way in which producers write a time.
 *
 * @param unit the unit
 * @param zone the zone of texts without an offset; null if such texts are invalid
 */
public record TimeFormat(Unit unit, ZoneId zone) {

  /** RFC 3339 texts with an offset. */
  public static final TimeFormat RFC3339 = new TimeFormat(Unit.TEXT, null);

  /** Numbers of seconds since 1970, with or without a fraction. */
  public static final TimeFormat EPOCH_SECONDS = new TimeFormat(Unit.SECONDS, null);

  /** Numbers of milliseconds since 1970. */
  public static final TimeFormat EPOCH_MILLIS = new TimeFormat(Unit.MILLIS, null);

  /** Numbers of microseconds since 1970. */
  public static final TimeFormat EPOCH_MICROS = new TimeFormat(Unit.MICROS, null);

  /** RFC 3339 texts with an offset, or integers of epoch milliseconds from 10¹¹ on. */
  public static final TimeFormat RFC3339_OR_MILLIS = new TimeFormat(Unit.TEXT_OR_MILLIS, null);

  /** The unit of a time, and its description in messages. */
  public enum Unit {
    TEXT("an RFC 3339 time such as 2026-05-04T12:00:00Z"),
    SECONDS("epoch seconds"),
    MILLIS("epoch milliseconds"),
    MICROS("epoch microseconds"),
    TEXT_OR_MILLIS("an RFC 3339 string or an integer of epoch milliseconds");

    private final String description;

    Unit(String description) {
      this.description = description;
    }

    /** Describes the unit for people. */
    public String description() {
      return description;
    }
  }

  public TimeFormat {
    Objects.requireNonNull(unit, "a time needs a unit");
  }

  /** Returns the format of RFC 3339 texts whose offset may be missing; then a zone applies. */
  public static TimeFormat rfc3339(ZoneId zone) {
    return new TimeFormat(Unit.TEXT, Objects.requireNonNull(zone, "zone"));
  }
}
