package dev.freshet.replay.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** What cells are in Parquet: every column is optional, a time is an instant in UTC. */
final class ParquetTypes {

  private ParquetTypes() {}

  /** The type of a kept column. */
  static PrimitiveType of(Column column) {
    return switch (column.kind()) {
      case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
      case INTEGER -> Types.optional(INT64).named(column.name());
      case NUMBER -> feature(column.name());
      case DATE -> Types.optional(INT32).as(dateType()).named(column.name());
      case TIMESTAMP_MILLIS -> time(TimeUnit.MILLIS, column);
      case TIMESTAMP_MICROS -> time(TimeUnit.MICROS, column);
      case TIMESTAMP_NANOS -> time(TimeUnit.NANOS, column);
      case TEXT, JSON -> Types.optional(BINARY).as(stringType()).named(column.name());
    };
  }

  /** The type of every feature, counts too. */
  static PrimitiveType feature(String name) {
    return Types.optional(DOUBLE).named(name);
  }

  private static PrimitiveType time(TimeUnit unit, Column column) {
    return Types.optional(INT64).as(timestampType(true, unit)).named(column.name());
  }

  /**
   * What a column's cells are.
   *
   * @throws IOException if they cannot be kept
   */
  static Kind kind(Type column) throws IOException {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      throw unsupported(column);
    }
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    boolean plain = logical == null;
    return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case FLOAT, DOUBLE -> Kind.NUMBER;
      case BINARY -> text(column, logical);
      case INT32 -> integer(column, plain, logical);
      case INT64 ->
          logical instanceof TimestampLogicalTypeAnnotation time
              ? timestamp(time.getUnit())
              : integer(column, plain, logical);
      default -> throw unsupported(column);
    };
  }

  private static Kind integer(Type column, boolean plain, LogicalTypeAnnotation logical)
      throws IOException {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return Kind.DATE;
    }
    if (plain || logical instanceof IntLogicalTypeAnnotation) {
      return Kind.INTEGER;
    }
    throw unsupported(column);
  }

  private static Kind text(Type column, LogicalTypeAnnotation logical) throws IOException {
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation) {
      throw unsupported(column);
    }
    return Kind.TEXT;
  }

  private static Kind timestamp(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> Kind.TIMESTAMP_MILLIS;
      case MICROS -> Kind.TIMESTAMP_MICROS;
      case NANOS -> Kind.TIMESTAMP_NANOS;
    };
  }

  private static IOException unsupported(Type column) {
    return new IOException(
        "column %s is of a type that cannot be kept: %s".formatted(column.getName(), column));
  }

  /** The text of a time or date. */
  static String text(Kind kind, long number) {
    return switch (kind) {
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIMESTAMP_MILLIS -> Instant.ofEpochMilli(number).toString();
      case TIMESTAMP_MICROS -> instant(number, 1_000_000).toString();
      case TIMESTAMP_NANOS -> instant(number, 1_000_000_000).toString();
      default -> Long.toString(number);
    };
  }

  private static Instant instant(long count, long perSecond) {
    long nanos = Math.floorMod(count, perSecond) * (1_000_000_000 / perSecond);
    return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), nanos);
  }

  /** The number of a text that {@link #text} made, or of an integer. */
  static long number(Kind kind, String text) {
    return switch (kind) {
      case DATE -> LocalDate.parse(text).toEpochDay();
      case TIMESTAMP_MILLIS -> Instant.parse(text).toEpochMilli();
      case TIMESTAMP_MICROS -> count(Instant.parse(text), 1_000_000);
      case TIMESTAMP_NANOS -> count(Instant.parse(text), 1_000_000_000);
      default -> Long.parseLong(text);
    };
  }

  private static long count(Instant instant, long perSecond) {
    return instant.getEpochSecond() * perSecond + instant.getNano() / (1_000_000_000 / perSecond);
  }
}
