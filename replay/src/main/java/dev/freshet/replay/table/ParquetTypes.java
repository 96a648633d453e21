package dev.freshet.replay.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The types of columns in Parquet. One that was read is kept, but for its repetition and id: every
 * column is optional.
 */
final class ParquetTypes {

  /** The name of a column in the text of a type: its own may be any. */
  private static final String NAME = "c";

  private ParquetTypes() {}

  /** The type of a kept column. */
  static PrimitiveType of(Column column) {
    return column.parquetType() == null
        ? ofKind(column.kind()).named(column.name())
        : like(parsed(column.parquetType())).named(column.name());
  }

  private static Types.PrimitiveBuilder<PrimitiveType> ofKind(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Types.optional(BOOLEAN);
      case INTEGER, LONG -> Types.optional(INT64);
      case NUMBER -> Types.optional(DOUBLE);
      case DATE -> Types.optional(INT32).as(dateType());
      case TIMESTAMP -> Types.optional(INT64).as(timestampType(true, TimeUnit.MILLIS));
      case BYTES -> Types.optional(BINARY);
      default -> Types.optional(BINARY).as(stringType());
    };
  }

  /** The type of every feature, counts too. */
  static PrimitiveType feature(String name) {
    return ofKind(Kind.NUMBER).named(name);
  }

  private static PrimitiveType parsed(String type) {
    return MessageTypeParser.parseMessageType("message row { " + type + "; }")
        .getType(0)
        .asPrimitiveType();
  }

  private static Types.PrimitiveBuilder<PrimitiveType> like(PrimitiveType type) {
    return Types.optional(type.getPrimitiveTypeName())
        .length(type.getTypeLength())
        .as(type.getLogicalTypeAnnotation());
  }

  /**
   * A column of a file.
   *
   * @throws IOException if it cannot be kept
   */
  static Column column(Type type) throws IOException {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw new IOException(
          "column %s is a list, a map or of several columns: leave it out"
              .formatted(type.getName()));
    }
    PrimitiveType primitive = type.asPrimitiveType();
    if (type.getLogicalTypeAnnotation() instanceof IntervalLogicalTypeAnnotation) {
      // What is written as one is null to other readers.
      throw new IOException(
          "column %s is an interval, which cannot be written: leave it out"
              .formatted(type.getName()));
    }
    try {
      String text = like(primitive).named(NAME).toString();
      if (like(parsed(text)).named(NAME).toString().equals(text)) {
        return new Column(type.getName(), kind(primitive), text);
      }
    } catch (IllegalArgumentException e) {
      // Too new, or not what the format allows: refused below.
    }
    throw new IOException(
        "column %s is of a type that is not known here: leave it out".formatted(type.getName()));
  }

  private static Kind kind(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case FLOAT, DOUBLE -> Kind.NUMBER;
      case INT96 -> Kind.TIMESTAMP;
      case INT32, INT64 -> integer(type, logical);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(logical);
    };
  }

  private static Kind integer(PrimitiveType type, LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return Kind.DIGITS;
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return Kind.DATE;
    }
    if (logical instanceof TimeLogicalTypeAnnotation) {
      return Kind.TIME;
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return timestamp.isAdjustedToUTC() ? Kind.TIMESTAMP : Kind.LOCAL_TIMESTAMP;
    }
    if (logical instanceof UnknownLogicalTypeAnnotation) {
      return Kind.TEXT;
    }
    return type.getPrimitiveTypeName() == INT64 ? Kind.LONG : Kind.INTEGER;
  }

  private static Kind binary(LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return Kind.DIGITS;
    }
    boolean text =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || logical instanceof JsonLogicalTypeAnnotation
            || logical instanceof UUIDLogicalTypeAnnotation
            || logical instanceof UnknownLogicalTypeAnnotation;
    return text ? Kind.TEXT : Kind.BYTES;
  }

  /**
   * The column that holds the cells of both, of which one stands in another file or row.
   *
   * @throws IOException if there is none that has the type of both
   */
  static Column common(Column a, Column b) throws IOException {
    if (a.equals(b) || isNull(b)) {
      return a;
    }
    if (isNull(a)) {
      return b;
    }
    String name = a.name();
    if (a.parquetType() == null && b.parquetType() == null) {
      return new Column(name, a.kind().or(b.kind()));
    }
    if (isSigned(of(a)) && isSigned(of(b))) {
      return new Column(name, Kind.LONG);
    }
    throw new IOException(
        "column %s has two types, %s and %s: write it with one, or leave it out"
            .formatted(name, shown(a), shown(b)));
  }

  /** Whether a column has no type because it has no cell, as some writers note. */
  private static boolean isNull(Column column) {
    return of(column).getLogicalTypeAnnotation() instanceof UnknownLogicalTypeAnnotation;
  }

  private static boolean isSigned(PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return (name == INT32 || name == INT64)
        && (logical == null || (logical instanceof IntLogicalTypeAnnotation i && i.isSigned()));
  }

  private static String shown(Column column) {
    PrimitiveType type = of(column);
    return type.getLogicalTypeAnnotation() == null
        ? type.getPrimitiveTypeName().toString()
        : type.getLogicalTypeAnnotation().toString();
  }
}
