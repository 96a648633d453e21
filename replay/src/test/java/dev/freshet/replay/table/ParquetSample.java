package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;

/** A type of Parquet, what cells of it are, some values, and their texts. */
record ParquetSample(String type, Kind kind, List<Object> values, List<String> texts) {

  private static final Binary ONE_NANOSECOND =
      Binary.fromConstantByteArray(bytes(1, 0, 0, 0, 0, 0, 0, 0, 0x8C, 0x3D, 0x25, 0));

  static ParquetSample of(String type, Kind kind, Object... valuesAndTexts) {
    List<Object> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < valuesAndTexts.length; i += 2) {
      values.add(valuesAndTexts[i]);
      texts.add((String) valuesAndTexts[i + 1]);
    }
    return new ParquetSample(type, kind, values, texts);
  }

  /** A column of the type, as a schema has it. */
  String column(String name) {
    int logical = type.indexOf(" (");
    return logical < 0
        ? type + " " + name + ";"
        : type.substring(0, logical) + " " + name + type.substring(logical) + ";";
  }

  static Stream<ParquetSample> all() {
    return Stream.of(numbers(), times(), textsAndBytes()).flatMap(each -> each);
  }

  private static Stream<ParquetSample> numbers() {
    return Stream.of(
        ParquetSample.of("boolean", Kind.BOOLEAN, true, "true", false, "false"),
        ParquetSample.of("int32", Kind.INTEGER, -5, "-5"),
        ParquetSample.of("int64", Kind.LONG, Long.MIN_VALUE, "-9223372036854775808"),
        ParquetSample.of("int32 (INTEGER(8,true))", Kind.INTEGER, -128, "-128"),
        ParquetSample.of("int32 (INTEGER(8,false))", Kind.INTEGER, 255, "255"),
        ParquetSample.of("int32 (INTEGER(16,false))", Kind.INTEGER, 65535, "65535"),
        ParquetSample.of(
            "int32 (INTEGER(32,false))", Kind.INTEGER, (int) 3_000_000_000L, "3000000000"),
        ParquetSample.of("int64 (INTEGER(64,false))", Kind.LONG, -1L, "18446744073709551615"),
        ParquetSample.of("float", Kind.NUMBER, 0.1f, "0.1", Float.NaN, "NaN", -0.0f, "-0.0"),
        ParquetSample.of(
            "float", Kind.NUMBER, Float.MIN_VALUE, "1.4e-45", Float.MAX_VALUE, "3.4028235e+38"),
        ParquetSample.of("double", Kind.NUMBER, 0.1, "0.1", Double.NaN, "NaN", -0.0, "-0.0"),
        ParquetSample.of(
            "double", Kind.NUMBER, Double.NEGATIVE_INFINITY, "-Infinity", 12345678.0, "12345678"),
        ParquetSample.of("int32 (DECIMAL(4,2))", Kind.DIGITS, -125, "-1.25", 0, "0.00"),
        ParquetSample.of("int64 (DECIMAL(18,0))", Kind.DIGITS, 45L, "45"),
        ParquetSample.of(
            "fixed_len_byte_array(5) (DECIMAL(10,3))",
            Kind.DIGITS,
            Binary.fromConstantByteArray(bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFE)),
            "-0.002",
            Binary.fromConstantByteArray(bytes(0, 0, 0, 0x30, 0x39)),
            "12.345"),
        ParquetSample.of(
            "binary (DECIMAL(30,1))",
            Kind.DIGITS,
            Binary.fromConstantByteArray(bytes(0x00, 0xFF)),
            "25.5"));
  }

  private static Stream<ParquetSample> times() {
    return Stream.of(
        ParquetSample.of(
            "int32 (DATE)", Kind.DATE, 16467, "2015-02-01", Integer.MAX_VALUE, "+5881580-07-11"),
        ParquetSample.of("int32 (TIME(MILLIS,true))", Kind.TIME, 36_672_500, "10:11:12.5"),
        ParquetSample.of("int64 (TIME(MICROS,false))", Kind.TIME, 36_660_000_000L, "10:11:00"),
        ParquetSample.of("int64 (TIME(NANOS,false))", Kind.TIME, 1L, "00:00:00.000000001"),
        ParquetSample.of(
            "int64 (TIMESTAMP(MILLIS,true))",
            Kind.TIMESTAMP,
            1_422_784_800_123L,
            "2015-02-01T10:00:00.123Z",
            Long.MIN_VALUE,
            "-292275055-05-16T16:47:04.192Z"),
        ParquetSample.of(
            "int64 (TIMESTAMP(MICROS,true))", Kind.TIMESTAMP, -1L, "1969-12-31T23:59:59.999999Z"),
        ParquetSample.of(
            "int64 (TIMESTAMP(NANOS,true))", Kind.TIMESTAMP, 1L, "1970-01-01T00:00:00.000000001Z"),
        ParquetSample.of(
            "int64 (TIMESTAMP(MILLIS,false))", Kind.LOCAL_TIMESTAMP, 0L, "1970-01-01T00:00:00"),
        ParquetSample.of(
            "int64 (TIMESTAMP(MICROS,false))",
            Kind.LOCAL_TIMESTAMP,
            1L,
            "1970-01-01T00:00:00.000001"),
        ParquetSample.of(
            "int64 (TIMESTAMP(NANOS,false))",
            Kind.LOCAL_TIMESTAMP,
            Long.MIN_VALUE,
            "1677-09-21T00:12:43.145224192"),
        ParquetSample.of(
            "int96", Kind.TIMESTAMP, ONE_NANOSECOND, "1970-01-01T00:00:00.000000001Z"));
  }

  private static Stream<ParquetSample> textsAndBytes() {
    Binary uuid =
        Binary.fromConstantByteArray(
            bytes(0x2D, 0x41, 0xF1, 0xE0, 0x5B, 0x0E, 0x4B, 0x0C, 0x9F, 0x0E, 0, 0, 0, 0, 0, 1));
    return Stream.of(
        ParquetSample.of("binary (STRING)", Kind.TEXT, Binary.fromString("a,\"é\""), "a,\"é\""),
        ParquetSample.of("binary (ENUM)", Kind.TEXT, Binary.fromString("A"), "A"),
        ParquetSample.of("binary (JSON)", Kind.TEXT, Binary.fromString("{\"x\":1}"), "{\"x\":1}"),
        ParquetSample.of(
            "fixed_len_byte_array(16) (UUID)",
            Kind.TEXT,
            uuid,
            "2d41f1e0-5b0e-4b0c-9f0e-000000000001"),
        ParquetSample.of(
            "binary",
            Kind.BYTES,
            Binary.fromConstantByteArray(bytes(0xDE, 0xAD, 0xBE, 0xEF)),
            "3q2+7w=="),
        ParquetSample.of(
            "binary (BSON)", Kind.BYTES, Binary.fromConstantByteArray(bytes(0xFF)), "/w=="),
        ParquetSample.of(
            "fixed_len_byte_array(2)",
            Kind.BYTES,
            Binary.fromConstantByteArray(bytes(0, 0xFF)),
            "AP8="),
        ParquetSample.of(
            "fixed_len_byte_array(2) (FLOAT16)",
            Kind.BYTES,
            Binary.fromConstantByteArray(bytes(0, 0x3C)),
            "ADw="),
        ParquetSample.of("int32 (UNKNOWN)", Kind.TEXT));
  }

  static void add(Group row, Object value) {
    if (value instanceof Boolean logical) {
      row.add(0, logical);
    } else if (value instanceof Integer number) {
      row.add(0, number);
    } else if (value instanceof Long number) {
      row.add(0, number);
    } else if (value instanceof Float number) {
      row.add(0, number);
    } else if (value instanceof Double number) {
      row.add(0, number);
    } else {
      row.add(0, (Binary) value);
    }
  }

  static byte[] bytes(int... unsigned) {
    byte[] bytes = new byte[unsigned.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) unsigned[i];
    }
    return bytes;
  }
}
