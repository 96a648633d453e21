package dev.freshet.replay;

import static dev.freshet.replay.Histories.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.ParquetFiles;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids and instants of a spine are what their types say, and come out as they came in. */
class SpineTypesTest {

  private static final long NOON = 1_790_000_000_000L;
  private static final long MEMORY = 1 << 20;
  private static final String AT = " optional int64 at (TIMESTAMP(MILLIS,true));";

  @TempDir private Path folder;
  private Path events;

  @BeforeEach
  void anOrderOfEachStore() throws IOException {
    List<String> orders =
        List.of(
                "45",
                "3000000000",
                "500",
                "123456789012345680",
                "1b4db7eb-4057-5ddf-91e0-36dec72071f5")
            .stream()
            .map(store -> delivered("o" + store, NOON, 10).replace("\"45\"", '"' + store + '"'))
            .toList();
    events = Histories.write(folder.resolve("events.jsonl"), orders);
  }

  @Test
  void anIdOfParquetIsAnIntegerOrText() throws IOException {
    finds("int32 store", row -> row.add("store", 45));
    finds("int32 store (INTEGER(32,false))", row -> row.add("store", (int) 3_000_000_000L));
    finds("int64 store (INTEGER(64,false))", row -> row.add("store", 3_000_000_000L));
    finds("int64 store (DECIMAL(18,0))", row -> row.add("store", 3_000_000_000L));
    finds("binary store (STRING)", row -> row.add("store", "45"));
    finds("binary store (ENUM)", row -> row.add("store", "45"));
    ByteBuffer uuid =
        ByteBuffer.allocate(16).putLong(0x1b4db7eb40575ddfL).putLong(0x91e036dec72071f5L);
    finds(
        "fixed_len_byte_array(16) store (UUID)",
        row -> row.add("store", Binary.fromConstantByteArray(uuid.array())));
  }

  private void finds(String id, Consumer<Group> store) throws IOException {
    String columns = "optional " + id + ";" + AT;
    Path output = folder.resolve("rows.parquet");
    join(parquet(columns, store.andThen(row -> row.add("at", NOON))), output);
    assertThat(mean(output)).as(id).isEqualTo("10");
    assertThat(ParquetFiles.schema(output).getFields().subList(0, 2))
        .isEqualTo(ParquetFiles.schema(columns).getFields());
  }

  @Test
  void anIdThatIsNeitherIsAnErrorThatNamesRowAndValue() throws IOException {
    String floating = "which is a floating-point number: ids are text or integers";
    refuses(
        "double store",
        row -> row.add("store", 45.0),
        "row 1 has '45' in column store, " + floating);
    refuses(
        "float store",
        row -> row.add("store", 45.5f),
        "row 1 has '45.5' in column store, " + floating);
    refuses(
        "int32 store (DECIMAL(4,1))",
        row -> row.add("store", 450),
        "row 1 has '45.0' in column store, which is a number with");
    refuses(
        "binary store",
        row -> row.add("store", "45"),
        "row 1 has 'NDU=' in column store, which is bytes");
    refuses(
        "boolean store",
        row -> row.add("store", true),
        "row 1 has 'true' in column store, which is true or");
    refuses(
        "int32 store (DATE)",
        row -> row.add("store", 45),
        "row 1 has '1970-02-15' in column store, which is a date");
  }

  private void refuses(String id, Consumer<Group> store, String complaint) throws IOException {
    Path spine = parquet("optional " + id + ";" + AT, store.andThen(row -> row.add("at", NOON)));
    refuses(spine, complaint);
  }

  private void refuses(Path spine, String complaint) {
    Path output = folder.resolve("refused.parquet");
    assertThatThrownBy(() -> join(spine, output))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(spine + " " + complaint);
    assertThat(output).doesNotExist();
  }

  @Test
  void anIdThatIsAbsentAsksNothing() throws IOException {
    Path spine =
        parquet(
            "optional double store;" + AT,
            row -> row.append("store", Double.NaN).append("at", NOON),
            row -> row.add("at", NOON));
    Path output = folder.resolve("rows.parquet");
    join(spine, output);
    assertThat(mean(output)).isNull();
  }

  @Test
  void anIdOfCsvIsText() throws IOException {
    for (String extension : List.of(".csv", ".jsonl", ".parquet")) {
      Path output = folder.resolve("rows" + extension);
      join(csv("store,at\n500,1790000000000\n"), output);
      assertThat(mean(output)).isEqualTo("10");
      try (RowReader rows = TableFormat.of(output).orElseThrow().read(output, Set.of("store"))) {
        assertThat(rows.next()[0]).as(extension).isEqualTo(Cell.text("500"));
      }
    }
    refuses(
        csv("store,at\n5e2,1790000000000\n"),
        "line 2 has '5e2' in column store, which is a floating");
    refuses(
        csv("store,at\n1.2345678901234568e+17,1790000000000\n"),
        "line 2 has '1.2345678901234568e+17' in column store, which is a floating");
  }

  @Test
  void anIdOfJsonIsAStringOrAnInteger() throws IOException {
    Path output = folder.resolve("rows.jsonl");
    join(json("{\"store\":123456789012345680,\"at\":1790000000000}"), output);
    assertThat(mean(output)).isEqualTo("10");
    assertThat(output).content().startsWith("{\"store\":123456789012345680,");
    refuses(json("{\"store\":5e2,\"at\":1790000000000}"), "line 1 has '5e2' in column store");
    refuses(
        json("{\"store\":[5],\"at\":1790000000000}"),
        "line 1 has '[5]' in column store, which is an object");
  }

  @Test
  void anInstantOfParquetIsInItsUnit() throws IOException {
    isNoon("int64 at (TIMESTAMP(MILLIS,true))", row -> row.add("at", NOON));
    isNoon("int64 at (TIMESTAMP(MICROS,true))", row -> row.add("at", NOON * 1_000 + 999));
    isNoon("int64 at (TIMESTAMP(NANOS,false))", row -> row.add("at", NOON * 1_000_000));
    isNoon("int64 at", row -> row.add("at", NOON));
    isNoon("binary at (STRING)", row -> row.add("at", "2026-09-21 14:13:20Z"));
    ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    long day = 86_400_000;
    int96.putLong(NOON % day * 1_000_000).putInt((int) (NOON / day + 2_440_588));
    isNoon("int96 at", row -> row.add("at", Binary.fromConstantByteArray(int96.array())));
  }

  private void isNoon(String at, Consumer<Group> instant) throws IOException {
    Path output = folder.resolve("rows.csv");
    join(
        parquet(
            "optional " + at + "; required int32 store;",
            instant.andThen(row -> row.add("store", 45))),
        output);
    assertThat(mean(output)).as(at).isEqualTo("10");
  }

  @Test
  void anInstantThatIsNoneIsQuotedWithWhatWasExpected() throws IOException {
    refuses(
        csv("store,at\n45,\"" + "noon ".repeat(20) + "\"\n"),
        "line 2: at is 'noon noon noon noon noon noon noon noon …': a time such as");
    refuses(
        csv("store,at\n45,1.79e12\n"),
        "line 2: at is '1.79e12', which is a floating-point number: RFC 3339 or");
    refuses(
        csv("store,at\n45,99999999999999999999\n"),
        "line 2: at is 99999999999999999999: epoch milliseconds");
    refuses(csv("store,at\n45,\n"), "line 2 has nothing in column at: RFC 3339 or");
    refuses(
        parquet(
            "optional int64 at (TIMESTAMP(MILLIS,true)); required int32 store;",
            row -> row.append("at", Long.MAX_VALUE).append("store", 45)),
        "row 1: at is '+292278994-08-17T07:12:55.807Z': a time");
  }

  @Test
  void bytesAreRefusedBeforeEventsAreRead() throws IOException {
    Path spine = parquet("optional binary blob; required int32 store;" + AT);
    Path noEvents = folder.resolve("missing.jsonl");
    assertThatThrownBy(
            () ->
                Histories.replay(MEMORY)
                    .join(Histories.files(noEvents), spine, folder.resolve("rows.csv")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("column blob holds bytes, which .csv cannot keep");
  }

  private void join(Path spine, Path output) throws IOException {
    Histories.replay(MEMORY).join(Histories.files(events), spine, output);
  }

  private static String mean(Path output) throws IOException {
    try (RowReader rows = TableFormat.of(output).orElseThrow().read(output)) {
      Cell[] row = rows.next();
      Cell mean = row[rows.names().indexOf("store_delivery_time:mean")];
      return mean == null ? null : mean.text();
    }
  }

  @SafeVarargs
  private Path parquet(String columns, Consumer<Group>... rows) throws IOException {
    Path file = folder.resolve("spine.parquet");
    Files.deleteIfExists(file);
    return ParquetFiles.write(file, columns, rows);
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("spine.csv"), text);
  }

  private Path json(String line) throws IOException {
    return Files.writeString(folder.resolve("spine.jsonl"), line + "\n");
  }
}
