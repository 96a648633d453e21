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
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Maps columns to the types of Parquet and back. A type that was read is kept, except its
 * repetition and id: every column is optional.
 */
final class ParquetTypes {

  /** Stands for the name of a column in the text of a type, as a name may hold any character. */
  private static final String NAME = "c";

  private ParquetTypes() {}

  /** Returns the type of a kept column. */
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
   * Returns the column of a type in a file.
   *
   * @throws IOException if its values cannot be kept
   */
  static Column column(Type type) throws IOException {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw new IOException(
          "column %s is a list, a map or of several columns: leave it out"
              .formatted(type.getName()));
    }
    PrimitiveType primitive = type.asPrimitiveType();
    if (type.getLogicalTypeAnnotation() instanceof IntervalLogicalTypeAnnotation) {
      // Other readers read a written interval as null.
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
      // The type is too new, or not allowed by the format: rejected below.
    }
    throw new IOException(
        "column %s is of a type that is not known here: leave it out".formatted(type.getName()));
  }

  /** Returns the kind of a type's cells: its annotation, such as {@code DATE}, decides first. */
  static Kind kind(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String annotation = logical == null ? "" : logical.toString().replaceFirst("\\(.*", "");
    return switch (annotation) {
      case "DECIMAL" -> Kind.DIGITS;
      case "DATE" -> Kind.DATE;
      case "TIME" -> Kind.TIME;
      case "TIMESTAMP" ->
          ((TimestampLogicalTypeAnnotation) logical).isAdjustedToUTC()
              ? Kind.TIMESTAMP
              : Kind.LOCAL_TIMESTAMP;
      case "STRING", "ENUM", "JSON", "UUID", "UNKNOWN" -> Kind.TEXT;
      default -> kindOf(type.getPrimitiveTypeName());
    };
  }

  private static Kind kindOf(PrimitiveTypeName type) {
    return switch (type) {
      case BOOLEAN -> Kind.BOOLEAN;
      case INT32 -> Kind.INTEGER;
      case INT64 -> Kind.LONG;
      case FLOAT, DOUBLE -> Kind.NUMBER;
      case INT96 -> Kind.TIMESTAMP;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> Kind.BYTES;
    };
  }

  /**
   * Returns a column that holds the cells of two columns of the same name from different files.
   *
   * @throws IOException if no type holds both
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

  /** Tells whether a column has no cell, which some writers note as a type of its own. */
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
