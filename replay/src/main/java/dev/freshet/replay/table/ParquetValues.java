package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Utf8;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.result.DecimalText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Converts the values of a Parquet column to text and back. */
final class ParquetValues {

  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private final PrimitiveType type;
  private final Kind kind;

  ParquetValues(PrimitiveType type) {
    this.type = type;
    this.kind = ParquetTypes.kind(type);
  }

  /**
   * Returns the cell of a row that has one.
   *
   * @throws IOException if the value is not of its column's type
   */
  Cell read(Group row, int field) throws IOException {
    return new Cell(kind, text(row, field));
  }

  private String text(Group row, int field) throws IOException {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Boolean.toString(row.getBoolean(field, 0));
      case INT32 -> integer(row.getInteger(field, 0));
      case INT64 -> integer(row.getLong(field, 0));
      case FLOAT -> number(Double.parseDouble(Float.toString(row.getFloat(field, 0))));
      case DOUBLE -> number(row.getDouble(field, 0));
      case INT96 -> ParquetTimes.int96Text(row.getInt96(field, 0));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(row.getBinary(field, 0).getBytes());
    };
  }

  private String integer(long number) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP -> ParquetTimes.text(type, kind, number);
      case DIGITS -> BigDecimal.valueOf(number, scale()).toPlainString();
      default -> isUnsigned() ? unsigned(number) : Long.toString(number);
    };
  }

  private String unsigned(long number) {
    return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
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

  private static String number(double number) {
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

  /** Adds the value of a text to an optional column. */
  void write(String text, ColumnWriter column) {
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
