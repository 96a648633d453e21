package dev.freshet.replay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A column of a Parquet file keeps its type and its values; one that cannot is refused. */
class ParquetTypesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.freshet.replay.table.ParquetSample#all")
  void aColumnKeepsItsTypeAndItsValues(ParquetSample sample) throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    sample.values().forEach(value -> rows.add(row -> ParquetSample.add(row, value)));
    rows.add(row -> {});
    Path in = write("optional " + sample.column("c"), rows);
    assertThat(read(in).get(0)).extracting(Column::kind).isEqualTo(sample.kind());
    List<String> texts = new ArrayList<>(sample.texts());
    texts.add(null);
    assertThat(texts(in)).isEqualTo(texts);
    assertKept(in);
    assertKept(write("required " + sample.column("c"), rows.subList(0, rows.size() - 1)));
    assertKept(write("optional " + sample.column("c"), List.of()));
    assertKept(write("optional " + sample.column("c"), List.of(row -> {}, row -> {})));
  }

  private void assertKept(Path in) throws IOException {
    Path out = copy(in, folder.resolve("out.parquet"));
    assertThat(types(out)).isEqualTo(types(in));
    assertThat(ParquetFiles.rows(out)).isEqualTo(ParquetFiles.rows(in));
  }

  private static List<String> types(Path file) throws IOException {
    return ParquetFiles.schema(file).getFields().stream()
        .map(type -> type.toString().replaceFirst("required|optional", ""))
        .toList();
  }

  @Test
  void theTypeOfAColumnIsItsOwnWhateverItsName() throws IOException {
    Path in =
        ParquetFiles.write(
            folder.resolve("in.parquet"), "optional int64 a.b (TIME(MICROS,true));", row -> {});
    assertThat(read(in)).singleElement().extracting(Column::name).isEqualTo("a.b");
    assertKept(in);
  }

  @Test
  void whatCannotBeKeptIsRefusedByName() throws IOException {
    refuses(
        "optional group tags (LIST) { repeated group list { optional int32 element; } }",
        "column tags is a list");
    refuses(
        "optional group point { optional int32 x; }",
        "column point is a list, a map or of several columns");
    refuses("repeated int32 codes;", "column codes is a list");
    refuses("optional fixed_len_byte_array(12) span (INTERVAL);", "column span is an interval");
  }

  private void refuses(String columns, String complaint) throws IOException {
    Path file = ParquetFiles.write(folder.resolve("in.parquet"), columns);
    assertThatThrownBy(() -> TableFormat.PARQUET.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read " + file + ": " + complaint)
        .hasMessageNotContainingAny("\n", "repeated", "org.");
    Files.delete(file);
  }

  @Test
  void textFormatsRefuseBytes() {
    List<Column> columns = List.of(new Column("blob", Kind.BYTES));
    for (TableFormat format : List.of(TableFormat.CSV, TableFormat.JSON_LINES_GZIPPED)) {
      assertThatThrownBy(() -> format.requireKept(columns))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("column blob holds bytes, which " + format.extension());
    }
  }

  @Test
  void aValueThatIsNoneOfItsTypeIsNamed() throws IOException {
    Path latin =
        ParquetFiles.write(
            folder.resolve("latin.parquet"),
            "optional binary name (STRING);",
            row -> row.add(0, "ok"),
            row ->
                row.add(0, Binary.fromConstantByteArray(ParquetSample.bytes('c', 'a', 'f', 0xE9))));
    assertThatThrownBy(() -> texts(latin))
        .isInstanceOf(IOException.class)
        .hasMessage(latin + " row 2 has text that is not UTF-8 in column name");
    Path late =
        ParquetFiles.write(
            folder.resolve("late.parquet"),
            "optional int64 t (TIME(MICROS,false));",
            row -> row.add(0, 86_400_000_001L));
    assertThatThrownBy(() -> texts(late))
        .isInstanceOf(IOException.class)
        .hasMessage(late + " row 1 has a value in column t that is none of its type");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void compressedFilesAreRead(CompressionCodecName codec) throws IOException {
    Path in =
        ParquetFiles.write(
            folder.resolve("in.parquet"), codec, "optional int32 c;", row -> row.add(0, 7));
    assertThat(texts(in)).containsExactly("7");
  }

  static Stream<CompressionCodecName> codecs() {
    return Stream.of("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW")
        .map(CompressionCodecName::valueOf);
  }

  @Test
  void columnsOfTwoFilesHaveOneTypeOrAreRefused() throws IOException {
    assertThat(common("int32", "int64")).isEqualTo("INT64");
    assertThat(common("int32 (INTEGER(16,true))", "int32 (INTEGER(16,true))"))
        .isEqualTo("INTEGER(16,true)");
    assertThat(common("int32 (UNKNOWN)", "binary (STRING)")).isEqualTo("STRING");
    assertThat(common("float", "int32 (UNKNOWN)")).isEqualTo("FLOAT");
    for (String other :
        List.of(
            "double",
            "float",
            "binary (STRING)",
            "int64 (INTEGER(64,false))",
            "int64 (DECIMAL(18,0))")) {
      assertThatThrownBy(() -> common("int64", other))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "column c has two types, INT64 and [^ ]+: write it with one, or leave it out");
    }
  }

  private static String common(String one, String other) throws IOException {
    PrimitiveType type = ParquetTypes.of(ParquetTypes.common(column(one), column(other)));
    return type.getLogicalTypeAnnotation() == null
        ? type.getPrimitiveTypeName().toString()
        : type.getLogicalTypeAnnotation().toString();
  }

  private static Column column(String type) throws IOException {
    return ParquetTypes.column(
        ParquetFiles.schema("optional " + ParquetSample.of(type, Kind.TEXT).column("c"))
            .getType(0));
  }

  private Path write(String columns, List<Consumer<Group>> rows) throws IOException {
    Path file = folder.resolve("in.parquet");
    Files.deleteIfExists(file);
    @SuppressWarnings("unchecked")
    Consumer<Group>[] fillers = rows.toArray(Consumer[]::new);
    return ParquetFiles.write(file, columns, fillers);
  }

  private static List<Column> read(Path file) throws IOException {
    try (RowReader rows = TableFormat.PARQUET.read(file)) {
      return ColumnKinds.of(rows).columns();
    }
  }

  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (RowReader rows = TableFormat.PARQUET.read(file)) {
      for (Cell[] row = rows.next(); row != null; row = rows.next()) {
        texts.add(row[0] == null ? null : row[0].text());
      }
    }
    return texts;
  }

  private static Path copy(Path in, Path out) throws IOException {
    List<Column> columns = read(in);
    try (RowReader rows = TableFormat.PARQUET.read(in);
        RowWriter copy = TableFormat.PARQUET.write(out, columns, List.of())) {
      for (Cell[] row = rows.next(); row != null; row = rows.next()) {
        copy.write(row, new FeatureValues(0));
      }
    }
    return out;
  }
}
