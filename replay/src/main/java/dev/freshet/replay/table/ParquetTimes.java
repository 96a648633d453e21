package dev.freshet.replay.table;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import dev.freshet.replay.table.Cell.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Converts dates and times of Parquet, which are counts of days or of a unit, to RFC 3339 and back.
 */
final class ParquetTimes {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** The Julian day of 1970-01-01; an INT96 holds a Julian day. */
  private static final long EPOCH_DAY = 2_440_588;

  private static final String UTC = "Z";

  private ParquetTimes() {}

  /** Returns the text of a number; it has no offset if the kind has no zone. */
  static String text(PrimitiveType type, Kind kind, long number) {
    return switch (kind) {
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIME ->
          ISO_LOCAL_TIME.format(
              LocalTime.ofNanoOfDay(Math.multiplyExact(number, nanosPerCount(type))));
      case LOCAL_TIMESTAMP -> instant(number, nanosPerCount(type)).toString().replace(UTC, "");
      default -> instant(number, nanosPerCount(type)).toString();
    };
  }

  /** Returns the epoch milliseconds of a timestamp; further digits are cut off. */
  static long millis(PrimitiveType type, long number) {
    return Math.floorDiv(number, NANOS_PER_MILLI / nanosPerCount(type));
  }

  private static Instant instant(long count, long nanosPerCount) {
    long perSecond = NANOS_PER_SECOND / nanosPerCount;
    return Instant.ofEpochSecond(
        Math.floorDiv(count, perSecond), Math.floorMod(count, perSecond) * nanosPerCount);
  }

  /** Returns the number of a text that {@link #text} made. */
  static long number(PrimitiveType type, Kind kind, String text) {
    return switch (kind) {
      case DATE -> LocalDate.parse(text).toEpochDay();
      case TIME -> LocalTime.parse(text).toNanoOfDay() / nanosPerCount(type);
      case LOCAL_TIMESTAMP -> count(Instant.parse(text + UTC), nanosPerCount(type));
      default -> count(Instant.parse(text), nanosPerCount(type));
    };
  }

  private static long count(Instant instant, long nanosPerCount) {
    return instant.getEpochSecond() * (NANOS_PER_SECOND / nanosPerCount)
        + instant.getNano() / nanosPerCount;
  }

  private static long nanosPerCount(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    TimeUnit unit =
        logical instanceof TimeLogicalTypeAnnotation time
            ? time.getUnit()
            : ((TimestampLogicalTypeAnnotation) logical).getUnit();
    return switch (unit) {
      case MILLIS -> NANOS_PER_MILLI;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }

  /** Returns the text of an INT96: a Julian day, and nanoseconds of the day. */
  static String int96Text(Binary value) {
    NanoTime time = NanoTime.fromBinary(value);
    long days = time.getJulianDay() - EPOCH_DAY;
    return Instant.ofEpochSecond(
            Math.multiplyExact(days, SECONDS_PER_DAY), time.getTimeOfDayNanos())
        .toString();
  }

  static Binary int96(String text) {
    Instant instant = Instant.parse(text);
    long second = instant.getEpochSecond();
    long nanos = Math.floorMod(second, SECONDS_PER_DAY) * NANOS_PER_SECOND + instant.getNano();
    int day = (int) (Math.floorDiv(second, SECONDS_PER_DAY) + EPOCH_DAY);
    return new NanoTime(day, nanos).toBinary();
  }
}
