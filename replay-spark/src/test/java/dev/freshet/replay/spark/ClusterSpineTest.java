package dev.freshet.replay.spark;

import static dev.freshet.replay.spark.OutputParts.parts;
import static dev.freshet.replay.spark.OutputParts.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Catalogue;
import dev.freshet.fold.FeatureValues;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.replay.Replay;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of a spine keep their types on a cluster as on a single machine. */
@Tag("verify")
class ClusterSpineTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final Pattern OCCURRED_AT = Pattern.compile("\"occurredAt\":\"?([^\",}]+)");
  private static final long SEED = 12;
  private static final int STORES = 4;
  private static final int ORDERS = 60;
  private static final int ROWS = 20;
  private static final int PARTITIONS = 3;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("store", Kind.INTEGER, "optional int32 c (INTEGER(32,false))"),
          new Column("blob", Kind.BYTES, "optional binary c"),
          new Column("price", Kind.DIGITS, "optional int64 c (DECIMAL(18,2))"),
          new Column("local", Kind.LOCAL_TIMESTAMP, "optional int64 c (TIMESTAMP(MICROS,false))"),
          new Column("nothing", Kind.NUMBER, "optional float c"),
          new Column("at", Kind.TIMESTAMP, "optional int64 c (TIMESTAMP(NANOS,true))"));

  private static JavaSparkContext spark;

  @TempDir private Path folder;
  private Path events;
  private List<Long> instants;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf(false)
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void writeEvents() throws IOException {
    List<String> lines =
        new RandomHistory(SEED, START, STORES)
            .arrivals(ORDERS).stream().map(Arrival::json).toList();
    events = Files.write(folder.resolve("events.jsonl"), lines);
    instants = lines.stream().map(ClusterSpineTest::occurredAt).toList();
  }

  private static long occurredAt(String event) {
    Matcher time = OCCURRED_AT.matcher(event);
    assertThat(time.find()).as(event).isTrue();
    return time.group(1).matches("[0-9]+")
        ? Long.parseLong(time.group(1))
        : Instant.parse(time.group(1)).toEpochMilli();
  }

  @Test
  void columnsKeepTheirTypes() throws IOException {
    Path spine = spine(folder.resolve("spine.parquet"), COLUMNS);
    Path expected = machine(spine, "expected.parquet", false);
    Path output = cluster(spine, "output.parquet", false);
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
    assertThat(declared(expected).subList(0, COLUMNS.size())).isEqualTo(COLUMNS);
    for (Path part : parts(output)) {
      assertThat(declared(part)).isEqualTo(declared(expected));
    }
  }

  @Test
  void idsOfCsvAreText() throws IOException {
    Path spine =
        Files.write(folder.resolve("spine.csv"), List.of("store,at", "1," + instants.get(9)));
    Path expected = machine(spine, "expected.jsonl", false);
    Path output = cluster(spine, "output.jsonl", false);
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
    assertThat(expected).content().startsWith("{\"store\":\"1\",");
  }

  @Test
  void eventsOfTheInstantCanBeLeftOut() throws IOException {
    Path spine = spine(folder.resolve("spine.parquet"), COLUMNS);
    List<String> before = rows(List.of(machine(spine, "before.parquet", true)));
    assertThat(rows(parts(cluster(spine, "output.parquet", true)))).isEqualTo(before);
    assertThat(before).isNotEqualTo(rows(List.of(machine(spine, "with.parquet", false))));
  }

  @Test
  void leavingEventsOutNeedsASpine() {
    StringWriter err = new StringWriter();
    assertThat(
            Main.command(() -> spark)
                .setErr(new PrintWriter(err))
                .execute("--before", "--events", events.toString(), "--output", "o.csv"))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("--before needs --spine");
  }

  @Test
  void whatCannotBeKeptIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path spine = spine(folder.resolve("spine.parquet"), COLUMNS);
    assertThatThrownBy(() -> cluster(spine, "output.csv", false))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("column blob holds bytes, which .csv cannot keep");
    assertThat(folder.resolve("output.csv")).doesNotExist();
  }

  @Test
  void theFilesOfASpineHaveOneTypeAColumnOrAreRefused() throws IOException {
    Path spine = Files.createDirectory(folder.resolve("spine"));
    spine(spine.resolve("a.parquet"), COLUMNS);
    List<Column> other = new ArrayList<>(COLUMNS);
    other.set(4, new Column("nothing", Kind.TEXT, "optional int32 c (UNKNOWN)"));
    Path second = spine(spine.resolve("b.parquet"), other);
    Path output = cluster(spine, "output.parquet", false);
    assertThat(declared(parts(output).get(0))).startsWith(COLUMNS.toArray(Column[]::new));
    other.set(4, new Column("nothing", Kind.NUMBER, "optional double c"));
    spine(second, other);
    assertThatThrownBy(() -> cluster(spine, "output2.parquet", false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "b.parquet and the files before it: column nothing has two types, FLOAT and DOUBLE");
    assertThat(folder.resolve("output2.parquet")).doesNotExist();
  }

  /** Rows at the instants of events. */
  private Path spine(Path file, List<Column> columns) throws IOException {
    try (RowWriter out = TableFormat.PARQUET.write(file, columns, List.of())) {
      for (int row = 0; row < ROWS; row++) {
        String at = Instant.ofEpochMilli(instants.get(row * 3)).toString();
        Cell[] cells = {
          new Cell(Kind.INTEGER, "" + row % STORES),
          row % 3 == 0 ? null : new Cell(Kind.BYTES, "3q2+7w=="),
          new Cell(Kind.DIGITS, row + ".50"),
          new Cell(Kind.LOCAL_TIMESTAMP, at.replace("Z", "")),
          null,
          new Cell(Kind.TIMESTAMP, at)
        };
        out.write(cells, new FeatureValues(0));
      }
    }
    return file;
  }

  private Path machine(Path spine, String name, boolean before) throws IOException {
    Path output = folder.resolve(name);
    new Replay(Catalogue.load().groups(), Replay.TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE)
        .join(List.of(EventSource.of(events)), spine, output, before);
    return output;
  }

  private Path cluster(Path spine, String name, boolean before) throws IOException {
    Path output = folder.resolve(name);
    new ClusterReplay(spark, ReplayScope.ALL, Replay.TIME_TO_LIVE, PARTITIONS)
        .join(List.of(EventSource.of(events)), spine.toString(), output.toString(), before);
    return output;
  }

  private static List<Column> declared(Path file) throws IOException {
    try (RowReader in = TableFormat.PARQUET.read(file)) {
      return in.declared();
    }
  }
}
