package dev.freshet.replay.table;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import dev.freshet.replay.table.Cell.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Dates and times of Parquet, which are numbers of days or of a unit, as RFC 3339 has them. */
final class ParquetTimes {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** The Julian day of 1970-01-01, from which INT96 counts. */
  private static final long EPOCH_DAY = 2_440_588;

  private static final int INT96_BYTES = 12;
  private static final String UTC = "Z";

  private ParquetTimes() {}

  /** The text of a number; without an offset if it is without a zone. */
  static String text(PrimitiveType type, Kind kind, long number) {
    return switch (kind) {
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIME ->
          ISO_LOCAL_TIME.format(
              LocalTime.ofNanoOfDay(
                  Math.multiplyExact(number, NANOS_PER_SECOND / perSecond(type))));
      case LOCAL_TIMESTAMP -> instant(number, perSecond(type)).toString().replace(UTC, "");
      default -> instant(number, perSecond(type)).toString();
    };
  }

  private static Instant instant(long count, long perSecond) {
    long nanos = Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond);
    return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), nanos);
  }

  /** The number of a text that {@link #text} made. */
  static long number(PrimitiveType type, Kind kind, String text) {
    return switch (kind) {
      case DATE -> LocalDate.parse(text).toEpochDay();
      case TIME -> LocalTime.parse(text).toNanoOfDay() / (NANOS_PER_SECOND / perSecond(type));
      case LOCAL_TIMESTAMP -> count(Instant.parse(text + UTC), perSecond(type));
      default -> count(Instant.parse(text), perSecond(type));
    };
  }

  private static long count(Instant instant, long perSecond) {
    return instant.getEpochSecond() * perSecond
        + instant.getNano() / (NANOS_PER_SECOND / perSecond);
  }

  private static long perSecond(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    TimeUnit unit =
        logical instanceof TimeLogicalTypeAnnotation time
            ? time.getUnit()
            : ((TimestampLogicalTypeAnnotation) logical).getUnit();
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS_PER_SECOND;
    };
  }

  /** The text of an INT96: nanoseconds of the day, then the Julian day. */
  static String int96Text(Binary value) {
    ByteBuffer parts = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    long days = parts.getInt() - EPOCH_DAY;
    return Instant.ofEpochSecond(Math.multiplyExact(days, SECONDS_PER_DAY), nanos).toString();
  }

  static Binary int96(String text) {
    Instant instant = Instant.parse(text);
    long second = instant.getEpochSecond();
    long nanos = Math.floorMod(second, SECONDS_PER_DAY) * NANOS_PER_SECOND + instant.getNano();
    ByteBuffer parts = ByteBuffer.allocate(INT96_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    parts.putLong(nanos);
    parts.putInt((int) (Math.floorDiv(second, SECONDS_PER_DAY) + EPOCH_DAY));
    return Binary.fromConstantByteArray(parts.array());
  }
}
