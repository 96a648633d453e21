package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Timestamps;
import dev.freshet.event.Utf8;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.result.DecimalText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Converts the values of a Parquet column to text and back. */
final class ParquetValues {

  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private final PrimitiveType type;
  private final Kind kind;

  /** The last column of the same type. */
  private ParquetValues like;

  ParquetValues(PrimitiveType type) {
    this.type = type;
    this.kind = ParquetTypes.kind(type);
  }

  /**
   * Returns the cell at the place of a reader, which has one.
   *
   * @throws IOException if the value is not of its column's type
   */
  Cell read(ColumnReader column) throws IOException {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new Cell(kind, Boolean.toString(column.getBoolean()));
      case INT32 -> integer(column.getInteger());
      case INT64 -> integer(column.getLong());
      case FLOAT -> number(Double.parseDouble(Float.toString(column.getFloat())));
      case DOUBLE -> number(column.getDouble());
      case INT96 -> new Cell(kind, ParquetTimes.int96Text(column.getBinary()));
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          new Cell(kind, binary(column.getBinary().getBytesUnsafe()));
    };
  }

  /** Makes the text of a time of a day at once, as it may not be one. */
  private Cell integer(long number) {
    return kind == Kind.TIME ? new Cell(kind, text(number)) : new Cell(kind, number, this);
  }

  private Cell number(double number) {
    return new Cell(kind, Double.doubleToLongBits(number), this);
  }

  /** Returns the text of a number of the column; of a double, by its bits. */
  String text(long number) {
    return isFloating() ? floating(Double.longBitsToDouble(number)) : integerText(number);
  }

  private boolean isFloating() {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    return name == PrimitiveTypeName.DOUBLE || name == PrimitiveTypeName.FLOAT;
  }

  /** Returns the epoch milliseconds of a timestamp of the column. */
  long millis(long number) {
    return Timestamps.within(ParquetTimes.millis(type, number));
  }

  private String integerText(long number) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP -> ParquetTimes.text(type, kind, number);
      case DIGITS -> BigDecimal.valueOf(number, scale()).toPlainString();
      default -> isUnsigned() ? unsigned(number) : Long.toString(number);
    };
  }

  private String unsigned(long number) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
        ? Integer.toUnsignedString((int) number)
        : Long.toUnsignedString(number);
  }

  private boolean isUnsigned() {
    return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
        && !integer.isSigned();
  }

  private int scale() {
    return ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getScale();
  }

  private boolean isUuid() {
    return type.getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation;
  }

  private static String floating(double number) {
    return !Double.isFinite(number) || Double.doubleToRawLongBits(number) == NEGATIVE_ZERO
        ? Double.toString(number)
        : DecimalText.of(number);
  }

  private String binary(byte[] bytes) throws IOException {
    if (kind == Kind.DIGITS) {
      return new BigDecimal(new BigInteger(bytes), scale()).toPlainString();
    }
    if (kind == Kind.BYTES) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (isUuid()) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new UUID(halves.getLong(), halves.getLong()).toString();
    }
    if (!Utf8.isValid(bytes, 0, bytes.length)) {
      throw new IOException("text that is not UTF-8");
    }
    return new String(bytes, UTF_8);
  }

  /** Adds a cell to an optional column. */
  void write(Cell cell, ColumnWriter column) {
    if (cell.column() != null && isLike(cell.column())) {
      write(cell.number(), column);
    } else {
      write(cell.text(), column);
    }
  }

  private boolean isLike(ParquetValues other) {
    if (other != like && type.getPrimitiveTypeName() == other.type.getPrimitiveTypeName()) {
      boolean isLike =
          Objects.equals(type.getLogicalTypeAnnotation(), other.type.getLogicalTypeAnnotation());
      like = isLike ? other : like;
    }
    return other == like;
  }

  private void write(long number, ColumnWriter column) {
    switch (type.getPrimitiveTypeName()) {
      case INT32 -> column.write((int) number, 0, 1);
      case FLOAT -> column.write((float) Double.longBitsToDouble(number), 0, 1);
      case DOUBLE -> column.write(Double.longBitsToDouble(number), 0, 1);
      default -> column.write(number, 0, 1);
    }
  }

  private void write(String text, ColumnWriter column) {
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> column.write(Boolean.parseBoolean(text), 0, 1);
      case INT32 -> column.write((int) integer(text), 0, 1);
      case INT64 -> column.write(integer(text), 0, 1);
      case FLOAT -> column.write(Float.parseFloat(text), 0, 1);
      case DOUBLE -> column.write(Double.parseDouble(text), 0, 1);
      case INT96 -> column.write(ParquetTimes.int96(text), 0, 1);
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          column.write(Binary.fromConstantByteArray(binary(text)), 0, 1);
    }
  }

  private long integer(String text) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP -> ParquetTimes.number(type, kind, text);
      case DIGITS -> unscaled(text).longValueExact();
      default -> isUnsigned() ? Long.parseUnsignedLong(text) : Long.parseLong(text);
    };
  }

  private BigInteger unscaled(String text) {
    return new BigDecimal(text).setScale(scale()).unscaledValue();
  }

  private byte[] binary(String text) {
    if (kind == Kind.DIGITS) {
      return padded(unscaled(text).toByteArray());
    }
    if (kind == Kind.BYTES) {
      return Base64.getDecoder().decode(text);
    }
    if (isUuid()) {
      UUID uuid = UUID.fromString(text);
      return ByteBuffer.allocate(2 * Long.BYTES)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    return text.getBytes(UTF_8);
  }

  /** Pads a number in two's complement to the length of the column's values. */
  private byte[] padded(byte[] number) {
    int more = Math.max(0, type.getTypeLength() - number.length);
    byte[] padded = new byte[more + number.length];
    Arrays.fill(padded, 0, more, (byte) (number[0] < 0 ? -1 : 0));
    System.arraycopy(number, 0, padded, more, number.length);
    return padded;
  }
}
