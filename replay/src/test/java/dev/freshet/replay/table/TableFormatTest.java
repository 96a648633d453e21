package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableFormatTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", Kind.TEXT),
          new Column("whole", Kind.LONG),
          new Column("number", Kind.NUMBER),
          new Column("flag", Kind.BOOLEAN),
          new Column("ms", Kind.TIMESTAMP),
          new Column("us", Kind.TIMESTAMP, "optional int64 c (TIMESTAMP(MICROS,true))"),
          new Column("ns", Kind.TIMESTAMP, "optional int64 c (TIMESTAMP(NANOS,true))"),
          new Column("day", Kind.DATE));
  private static final List<Column> FEATURES =
      List.of(
          new Column("g:count", Kind.NUMBER),
          new Column("g:mean", Kind.NUMBER),
          new Column("g:top", Kind.TEXT));

  private static final Cell[][] ROWS = {
    {
      Cell.text("a,\"b\"\nc é\r\n"),
      new Cell(Kind.LONG, "-9223372036854775808"),
      new Cell(Kind.NUMBER, "0.1"),
      new Cell(Kind.BOOLEAN, "true"),
      new Cell(Kind.TIMESTAMP, "2015-02-01T10:00:00.123Z"),
      new Cell(Kind.TIMESTAMP, "2015-02-01T10:00:00.123456Z"),
      new Cell(Kind.TIMESTAMP, "1969-12-31T23:59:59.123456789Z"),
      new Cell(Kind.DATE, "2015-02-01")
    },
    new Cell[8],
    {Cell.text("a row of JSON lines may end early")}
  };
  private static final double[][] VALUES = {{3, 1.0 / 3}, {Double.NaN, Double.NaN}, {0, -1e-300}};
  private static final String[] TEXTS = {"[\"é\",\"b\"]", null, "7"};

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(TableFormat format) throws IOException {
    Path file = write(format);
    assertThat(TableFormat.of(file)).contains(format);
    List<Cell[]> read = new ArrayList<>();
    try (RowReader rows = format.read(file)) {
      for (Cell[] row = rows.next(); row != null; row = rows.next()) {
        read.add(row);
      }
      assertThat(rows.names())
          .containsExactly(
              "text", "whole", "number", "flag", "ms", "us", "ns", "day", "g:count", "g:mean",
              "g:top");
    }
    assertThat(read).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (int column = 0; column < COLUMNS.size(); column++) {
        Cell expected = column < ROWS[i].length ? ROWS[i][column] : null;
        Cell found = read.get(i)[column];
        assertThat(found == null ? null : found.text())
            .as("row %d, %s", i, COLUMNS.get(column))
            .isEqualTo(expected == null ? null : expected.text());
        if (expected != null && format == TableFormat.PARQUET) {
          assertThat(found.kind()).isEqualTo(expected.kind());
        }
      }
      for (int feature = 0; feature < 2; feature++) {
        Cell found = read.get(i)[COLUMNS.size() + feature];
        assertThat(found == null ? Double.valueOf(Double.NaN) : Double.valueOf(found.text()))
            .isEqualTo(Double.valueOf(VALUES[i][feature]));
      }
      Cell text = read.get(i)[COLUMNS.size() + 2];
      assertThat(text == null ? null : text.text()).isEqualTo(TEXTS[i]);
    }
  }

  private Path write(TableFormat format) throws IOException {
    Path file = folder.resolve("t" + format.extension());
    try (RowWriter out = format.write(file, COLUMNS, FEATURES)) {
      for (int i = 0; i < ROWS.length; i++) {
        FeatureValues values = new FeatureValues(3);
        values.set(0, VALUES[i][0]);
        values.set(1, VALUES[i][1]);
        values.set(2, TEXTS[i]);
        out.write(ROWS[i], values);
      }
    }
    return file;
  }

  @Test
  void textFormatsAreAsDocumented() throws IOException {
    assertThat(Files.readString(write(TableFormat.JSON_LINES)).lines().toList().get(1))
        .isEqualTo(
            "{\"text\":null,\"whole\":null,\"number\":null,\"flag\":null,\"ms\":null,\"us\":null,"
                + "\"ns\":null,\"day\":null,\"g:count\":null,\"g:mean\":null,\"g:top\":null}");
    assertThat(Files.readString(write(TableFormat.CSV)))
        .startsWith("text,whole,number,flag,ms,us,ns,day,g:count,g:mean,g:top\n\"a,\"\"b\"\"\nc é")
        .endsWith("\na row of JSON lines may end early,,,,,,,,0,-1e-300,7\n");
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(write(TableFormat.CSV_GZIPPED)))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("text,whole");
    }
  }

  @Test
  void anEmptyTableIsEmptyInEveryFormat() throws IOException {
    for (TableFormat format : TableFormat.values()) {
      Path file = folder.resolve("e" + format.extension());
      format.write(file, COLUMNS, FEATURES).close();
      try (RowReader rows = format.read(file)) {
        assertThat(rows.next()).as("%s", format).isNull();
      }
    }
  }

  @Test
  void jsonKeepsWhatItHolds() throws IOException {
    Path file = folder.resolve("in.jsonl");
    Files.writeString(
        file,
        "{\"a\":1.50,\"b\":{\"c\":[1,null]}}\n\n{\"d\":12345678901234567890,\"a\":null,\"b\":[]}\n");
    try (RowReader rows = TableFormat.JSON_LINES.read(file)) {
      assertThat(rows.next())
          .containsExactly(new Cell(Kind.NUMBER, "1.50"), new Cell(Kind.JSON, "{\"c\":[1,null]}"));
      assertThat(rows.next())
          .containsExactly(
              null, new Cell(Kind.JSON, "[]"), new Cell(Kind.DIGITS, "12345678901234567890"));
      assertThat(rows.names()).containsExactly("a", "b", "d");
      assertThat(rows.next()).isNull();
    }
  }

  @Test
  void csvCellsAreWhatTheyLookLike() throws IOException {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, "\uFEFFa,b,c,d,e\r\n007,7,-1.5e3,true,\r\n\r\n\"x\"\"y\",,,,\"1\"");
    try (RowReader rows = TableFormat.CSV.read(file)) {
      assertThat(rows.names()).containsExactly("a", "b", "c", "d", "e");
      assertThat(rows.next())
          .containsExactly(
              Cell.text("007"),
              new Cell(Kind.INTEGER, "7"),
              new Cell(Kind.NUMBER, "-1.5e3"),
              new Cell(Kind.BOOLEAN, "true"),
              null);
      assertThat(rows.next())
          .containsExactly(Cell.text("x\"y"), null, null, null, new Cell(Kind.INTEGER, "1"));
      assertThat(rows.place()).endsWith("in.csv line 4");
      assertThat(rows.next()).isNull();
    }
  }

  @Test
  void ofCsvIdsAreTextButForFloatingPointNumbers() throws IOException {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, "store,x\n7,7\ntrue,true\n5e2,5e2\n45.0,45.0\n");
    List<Cell> ids = new ArrayList<>();
    try (RowReader rows = TableFormat.CSV.read(file, Set.of("store"))) {
      for (Cell[] row = rows.next(); row != null; row = rows.next()) {
        ids.add(row[0]);
      }
    }
    assertThat(ids)
        .containsExactly(
            Cell.text("7"),
            Cell.text("true"),
            new Cell(Kind.NUMBER, "5e2"),
            new Cell(Kind.NUMBER, "45.0"));
  }

  @Test
  void aColumnOfNumbersIsWhatHoldsAllOfThemExactly() throws IOException {
    assertThat(kind("1", "9007199254740992")).isEqualTo(Kind.INTEGER);
    assertThat(kind("1", "9007199254740993")).isEqualTo(Kind.LONG);
    assertThat(kind("1", "0.5", "0e-999", "9007199254740992")).isEqualTo(Kind.NUMBER);
    assertThat(kind("0.5", "9007199254740993")).as("a double rounds it").isEqualTo(Kind.DIGITS);
    assertThat(kind("1", "9223372036854775808")).as("65 bits").isEqualTo(Kind.DIGITS);
    assertThat(kind("0.5", "1e400")).as("infinite as a double").isEqualTo(Kind.DIGITS);
    assertThat(kind("0.5", "1e-400")).as("zero as a double").isEqualTo(Kind.DIGITS);
    assertThat(kind("0.5", "1e99999999999")).isEqualTo(Kind.DIGITS);
    assertThat(kind("1", "x")).isEqualTo(Kind.TEXT);
    assertThat(kind("1", "true")).isEqualTo(Kind.TEXT);
  }

  private Kind kind(String... cells) throws IOException {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, "x\n" + String.join("\n", cells) + "\n");
    try (RowReader rows = TableFormat.CSV.read(file)) {
      return ColumnKinds.of(rows).columns().get(0).kind();
    }
  }

  @Test
  void digitsAreNumbersInJsonAndTextInParquet() throws IOException {
    Column column = new Column("x", Kind.DIGITS);
    Cell[] row = {Cell.integer("12345678901234567890")};
    Path json = folder.resolve("out.jsonl");
    Path parquet = folder.resolve("out.parquet");
    for (Path file : List.of(json, parquet)) {
      try (RowWriter out =
          TableFormat.of(file).orElseThrow().write(file, List.of(column), List.of())) {
        out.write(row, new FeatureValues(0));
      }
    }
    assertThat(json).content().isEqualTo("{\"x\":12345678901234567890}\n");
    assertThat(ParquetFiles.rows(parquet)).containsExactly("x: 12345678901234567890\n");
  }

  @Test
  void textFormatsHaveNoNaNAndInfinitiesAreText() throws IOException {
    for (String[] each :
        new String[][] {
          {".csv", "x\n\n-Infinity\n"}, {".jsonl", "{\"x\":null}\n{\"x\":\"-Infinity\"}\n"}
        }) {
      Path file = folder.resolve("out" + each[0]);
      try (RowWriter out =
          TableFormat.of(file)
              .orElseThrow()
              .write(file, List.of(new Column("x", Kind.NUMBER)), List.of())) {
        out.write(new Cell[] {new Cell(Kind.NUMBER, "NaN")}, new FeatureValues(0));
        out.write(new Cell[] {new Cell(Kind.NUMBER, "-Infinity")}, new FeatureValues(0));
      }
      assertThat(file).content().isEqualTo(each[1]);
    }
  }
}
