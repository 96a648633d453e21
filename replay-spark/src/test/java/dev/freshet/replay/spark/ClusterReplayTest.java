package dev.freshet.replay.spark;

import static dev.freshet.replay.spark.OutputParts.parts;
import static dev.freshet.replay.spark.OutputParts.rows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.FeatureValues;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.replay.EntitySample;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.PastTable;
import dev.freshet.replay.Pasts;
import dev.freshet.replay.Replay;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.ScopeOptions;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The rows and the report of a cluster are those of a single machine, whatever the partitions. */
@Tag("verify")
class ClusterReplayTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final int ENTITIES = 6;
  private static final int ORDERS = 120;
  private static final int PARTITIONS = 5;
  private static final int ROWS = 30;
  private static final long SEED = 11;
  private static final List<Column> SPINE =
      List.of(
          new Column("note", Kind.TEXT),
          new Column("store", Kind.INTEGER),
          new Column("city", Kind.TEXT),
          new Column("at", Kind.TIMESTAMP));

  private static JavaSparkContext spark;

  @TempDir private static Path events;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    spark =
        new JavaSparkContext(
            new SparkConf(false)
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                // Files of a test are small: without this one task reads them all.
                .set("spark.files.maxPartitionBytes", "1000")
                .set("spark.files.openCostInBytes", "0"));
    writeEvents();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Shuffled over files, some events twice and in two files, some lines invalid. */
  private static void writeEvents() throws IOException {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    for (Arrival each : new RandomHistory(SEED, START, ENTITIES).arrivals(ORDERS)) {
      lines.add(each.json());
      if (random.nextInt(4) == 0) {
        lines.add(each.json());
      }
      if (random.nextInt(50) == 0) {
        lines.add(random.nextBoolean() ? "no json" : each.json().replace("eventId", "event"));
      }
    }
    Collections.shuffle(lines, random);
    int third = lines.size() / 3;
    write(events.resolve("a.jsonl"), lines.subList(0, third));
    write(events.resolve("c.jsonl"), lines.subList(2 * third, lines.size()));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(events.resolve("b.jsonl.gz")))) {
      out.write(String.join("\r\n", lines.subList(third, 2 * third)).getBytes(UTF_8));
    }
  }

  @Test
  void resultsAreThoseOfOneMachine() throws IOException {
    for (String extension : List.of(".csv", ".parquet")) {
      Path expected = folder.resolve("expected" + extension);
      ReplayReport report = machine().results(eventFiles(), expected);
      Path output = folder.resolve("output" + extension);
      ReplayReport found =
          cluster(PARTITIONS).results(List.of(EventSource.of(events)), output.toString());
      assertThat(found.text()).isEqualTo(named(report.text()));
      assertThat(found.rows()).isEqualTo(report.rows()).isGreaterThan(ORDERS);
      assertThat(parts(output)).as("all partitions have rows").hasSize(PARTITIONS);
      assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
    }
  }

  @Test
  void filesAreReadWithTheirStreams() throws IOException {
    EventSource created = new EventSource("order-created", events + "/[ab]*");
    Path output = folder.resolve("output.csv");
    ReplayReport found =
        cluster(PARTITIONS)
            .results(
                List.of(created, EventSource.of(events.resolve("c.jsonl"))), output.toString());
    ReplayReport report = machine().results(eventFiles(), folder.resolve("expected.csv"));
    assertThat(found.text()).isEqualTo(named(report.text()));
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(folder.resolve("expected.csv"))));
  }

  @Test
  void trainingRowsAreThoseOfOneMachine() throws IOException {
    assertJoins(spine(".csv"), ".csv.gz", PARTITIONS);
    assertJoins(spine(".parquet"), ".parquet", 1);
    assertJoins(spine(".jsonl.gz"), ".jsonl", 40);
  }

  private void assertJoins(Path spine, String extension, int partitions) throws IOException {
    Path expected = folder.resolve("expected" + extension);
    ReplayReport report = machine().join(eventFiles(), spine, expected);
    Path output = folder.resolve("output" + extension);
    ReplayReport found =
        cluster(partitions)
            .join(
                List.of(new EventSource("", events + "/*.jsonl*")),
                spine.toString(),
                output.toString(),
                false);
    assertThat(found.text()).isEqualTo(named(report.text()));
    assertThat(found.rows()).isEqualTo(report.rows()).isEqualTo(ROWS);
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
  }

  @Test
  void theFilesOfASpineAreOneInTheOrderOfTheirPaths() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String more = i < ROWS / 2 ? "\"label\":" + i : "\"city\":\"c1\",\"late\":true";
      rows.add("{%s,\"at\":%d,\"store\":%d}".formatted(more, START + i * MINUTE, i % ENTITIES));
    }
    Path spine = Files.createDirectory(folder.resolve("spine.jsonl"));
    write(spine.resolve("b.jsonl"), rows.subList(ROWS / 2, ROWS));
    write(spine.resolve("a.jsonl"), rows.subList(0, ROWS / 2));
    Path expected = folder.resolve("expected.jsonl");
    machine().join(eventFiles(), write(folder.resolve("all.jsonl"), rows), expected);
    Path output = folder.resolve("output.jsonl");
    cluster(PARTITIONS)
        .join(List.of(EventSource.of(events)), spine.toString(), output.toString(), false);
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
  }

  @Test
  void aPartOfASpineIsThatOfOneMachine() throws IOException {
    List<String> time = List.of("--since", at(60), "--until", at(300));
    for (List<String> options :
        List.of(
            List.of("--groups", "store_orders,city_demand"),
            List.of("--features", "city_demand:created_15m,store_orders:unpicked"),
            List.of("--sample", "0.5", "--seed", "7"),
            time)) {
      Path spine = spine(".csv");
      Path expected = folder.resolve("expected.csv");
      machine(scope(options, true)).join(eventFiles(), spine, expected);
      Path output = folder.resolve("output" + options.hashCode() + ".csv");
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(List.of("--events", events.toString(), "--spine", spine.toString()));
      arguments.addAll(List.of("--output", output.toString()));
      assertThat(exit(arguments.toArray(String[]::new))).isZero();
      assertThat(rows(parts(output))).as(options + "").isEqualTo(rows(List.of(expected)));
    }
  }

  @Test
  void aPartOfTheResultsIsThatOfOneMachine() throws IOException {
    List<String> options =
        List.of("--groups", "store_orders", "--since", at(60), "--until", at(120));
    Path expected = folder.resolve("expected.csv");
    machine(scope(options, false)).results(eventFiles(), expected);
    Path output = folder.resolve("output.csv");
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--events", events.toString(), "--output", output.toString()));
    assertThat(exit(arguments.toArray(String[]::new))).isZero();
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected))).hasSizeGreaterThan(2);
  }

  @Test
  void theSampleOfASpineOfSeveralFilesIsThatOfAllItsRows() throws IOException {
    List<String> options = List.of("--sample", "0.5");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add("{\"at\":%d,\"store\":%d}".formatted(START + i * MINUTE, i % ENTITIES));
    }
    Path spine = Files.createDirectory(folder.resolve("spine.jsonl"));
    write(spine.resolve("b.jsonl"), rows.subList(ROWS / 2, ROWS));
    write(spine.resolve("a.jsonl"), rows.subList(0, ROWS / 2));
    Path expected = folder.resolve("expected.jsonl");
    machine(scope(options, true))
        .join(eventFiles(), write(folder.resolve("all.jsonl"), rows), expected);
    Path output = folder.resolve("output.jsonl");
    new ClusterReplay(spark, scope(options, true), Replay.TIME_TO_LIVE, PARTITIONS)
        .join(List.of(EventSource.of(events)), spine.toString(), output.toString(), false);
    assertThat(rows(parts(output)))
        .isEqualTo(rows(List.of(expected)))
        .hasSizeBetween(ROWS / 5, ROWS * 4 / 5);
  }

  @Test
  void tablesOfEventsAreReadAsOnOneMachine() throws IOException {
    List<Column> columns =
        Stream.of("eventId", "eventType", "occurredAt", "orderId", "storeId", "cityCode")
            .map(name -> new Column(name, name.equals("occurredAt") ? Kind.TIMESTAMP : Kind.TEXT))
            .toList();
    for (String extension : List.of(".csv", ".parquet")) {
      Path file = folder.resolve("events" + extension);
      try (RowWriter out = TableFormat.of(file).orElseThrow().write(file, columns, List.of())) {
        for (int i = 0; i < ORDERS; i++) {
          Cell[] cells = {
            Cell.text("e" + i),
            Cell.text("ORDER_CREATED"),
            new Cell(Kind.TIMESTAMP, at(i)),
            Cell.text("o" + i),
            Cell.text("" + i % ENTITIES),
            Cell.text("XYZ")
          };
          out.write(cells, new FeatureValues(0));
        }
      }
      Path expected = folder.resolve("expected" + extension);
      List<EventType> types = Catalogue.load().eventTypes();
      ReplayReport report =
          machine().results(List.of(EventSource.parse(file.toString(), types)), expected);
      Path output = folder.resolve("output" + extension);
      ReplayReport found =
          cluster(PARTITIONS)
              .results(List.of(EventSource.parse(file.toString(), types)), output.toString());
      assertThat(found.text()).isEqualTo(named(report.text()));
      assertThat(found.rows()).isEqualTo(report.rows()).isGreaterThanOrEqualTo(ORDERS);
      assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));
    }
  }

  private static String at(int minute) {
    return Instant.ofEpochMilli(START + minute * MINUTE).toString();
  }

  private static ReplayScope scope(List<String> options, boolean hasSpine) {
    ScopeOptions parsed = new ScopeOptions();
    var unused = new CommandLine(parsed).parseArgs(options.toArray(String[]::new));
    return parsed.of(Catalogue.load(), hasSpine);
  }

  @Test
  void noRowsHaveColumns() throws IOException {
    Path spine = write(folder.resolve("spine.csv"), List.of("store,at"));
    Path expected = folder.resolve("expected.csv");
    machine().join(eventFiles(), spine, expected);
    Path output = folder.resolve("output.csv");
    cluster(PARTITIONS)
        .join(List.of(EventSource.of(events)), spine.toString(), output.toString(), false);
    assertThat(parts(output))
        .singleElement()
        .satisfies(part -> assertThat(part).hasSameTextualContentAs(expected));
  }

  @Test
  void whatGoesWrongIsNamedAndLeavesNothing() throws IOException {
    Path spine = write(folder.resolve("spine.csv"), List.of("store,at", "1,yesterday"));
    Path output = folder.resolve("output.csv");
    assertThat(
            run(
                "--events",
                events.toString(),
                "--spine",
                spine.toString(),
                "--output",
                output.toString()))
        .isEqualTo(
            "freshet: file:"
                + spine
                + " line 2: at is 'yesterday': a time such as 2026-05-04T12:00:00Z or an integer of epoch"
                + " milliseconds expected");
    assertThat(output).doesNotExist();
    Path there = Files.createDirectory(folder.resolve("there.csv"));
    assertThat(run("--events", events.toString(), "--output", there.toString()))
        .isEqualTo("freshet: cannot write " + there + ": it is there already");
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void withoutEventsThereIsNoOutput() throws IOException {
    Path output = folder.resolve("output.csv");
    Path text = write(folder.resolve("events.txt"), List.of("order,store", "1,2"));
    assertThat(run("--events", text.toString(), "--output", output.toString()))
        .startsWith(
            "freshet: cannot read file:" + text + ": not an events file: it looks like CSV");
    Path invalid = write(folder.resolve("events.jsonl"), List.of("{}"));
    assertThat(run("--events", invalid.toString(), "--output", output.toString()))
        .startsWith("freshet: no event can be used (events: 1, 1 invalid");
    assertThat(output).doesNotExist();
    Path within = events.resolve("rows.csv");
    assertThat(exit("--events", events.toString(), "--output", within.toString())).isEqualTo(2);
    assertThat(within).doesNotExist();
  }

  @Test
  void historiesAreThoseOfOneMachine() throws IOException {
    FeatureGroup group = Catalogue.load().group("courier_history");
    long seam = START + 90 * MINUTE;
    Map<String, String> expected = new TreeMap<>();
    try (Pasts pasts =
        new Pasts(group, Catalogue.load().eventTypes(), 1 << 16, ReplayProgress.NONE)) {
      pasts.read(eventFiles(), () -> EventJudge.NO_CLOCK, new EntitySample<>(0, 0));
      pasts.forEach(
          seam, (entity, past) -> expected.put(entity, HexFormat.of().formatHex(past.bytes())));
    }
    for (String extension : List.of(".jsonl.gz", ".parquet", ".csv")) {
      Path output = folder.resolve("parts" + extension);
      ReplayReport report =
          cluster(PARTITIONS)
              .pasts(List.of(EventSource.of(events)), group, seam, output.toString());

      Map<String, String> found = new TreeMap<>();
      PastTable.read(
          output,
          group,
          seam,
          (entity, past) -> found.put(entity, HexFormat.of().formatHex(past.bytes())));
      assertThat(found).isEqualTo(expected).hasSizeGreaterThan(1);
      assertThat(report.rows()).isEqualTo(expected.size());
      assertThatThrownBy(() -> PastTable.read(output, group, seam + 1, (entity, past) -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("courier_history", "compute it again");
    }
  }

  @Test
  void historiesNeedFilesUpToTheSeam() {
    Path output = folder.resolve("parts.jsonl");

    assertThat(
            run(
                "--events",
                events.toString(),
                "--output",
                output.toString(),
                "--backfill",
                "courier_history",
                "--seam",
                "2036-01-01T00:00:00Z"))
        .startsWith("freshet: the files end at ")
        .contains("before the seam of courier_history");
    assertThat(output).doesNotExist();
    assertThat(exit("--events", "x", "--output", output.toString(), "--backfill", "a"))
        .isEqualTo(2);
    assertThat(
            exit(
                "--events",
                events.toString(),
                "--output",
                output.toString(),
                "--backfill",
                "courier_history",
                "--seam",
                "2026-09-21T11:00:00Z",
                "--sample",
                "0.5"))
        .isEqualTo(2);
  }

  private static int exit(String... arguments) {
    return Main.command(() -> KeptOpen.of(spark))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  private static String run(String... arguments) {
    StringWriter err = new StringWriter();
    assertThat(
            Main.command(() -> KeptOpen.of(spark)).setErr(new PrintWriter(err)).execute(arguments))
        .isEqualTo(1);
    return err.toString().strip();
  }

  private static ClusterReplay cluster(int partitions) {
    return new ClusterReplay(spark, ReplayScope.ALL, Replay.TIME_TO_LIVE, partitions);
  }

  private static Replay machine() {
    return machine(ReplayScope.ALL);
  }

  private static Replay machine(ReplayScope scope) {
    return new Replay(
        Catalogue.load().groups(), Replay.TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE, scope);
  }

  private static List<EventSource> eventFiles() {
    return Stream.of("a.jsonl", "b.jsonl.gz", "c.jsonl")
        .map(events::resolve)
        .map(EventSource::of)
        .toList();
  }

  /** Spark calls a local file by its URI. */
  private static List<String> named(List<String> report) {
    return report.stream().map(line -> line.replace(", first /", ", first file:/")).toList();
  }

  /** Rows in no order of time, of entities seen and not seen; some name none. */
  private Path spine(String extension) throws IOException {
    Random random = new Random(SEED);
    Path file = folder.resolve("spine" + extension);
    try (RowWriter out = TableFormat.of(file).orElseThrow().write(file, SPINE, List.of())) {
      for (int row = 0; row < ROWS; row++) {
        Cell[] cells = {
          Cell.text("note " + row + ", \"é\""),
          random.nextInt(5) == 0 ? null : Cell.integer("" + random.nextInt(ENTITIES + 1)),
          random.nextInt(5) == 0 ? null : Cell.text("c" + random.nextInt(ENTITIES)),
          new Cell(
              Kind.TIMESTAMP, Instant.ofEpochMilli(START + random.nextInt(400) * MINUTE).toString())
        };
        out.write(cells, new FeatureValues(0));
      }
    }
    return file;
  }

  private static Path write(Path file, List<String> lines) throws IOException {
    return Files.write(file, lines);
  }

  /** The context of all tests, as a run of the program has one of its own. */
  private static final class KeptOpen extends JavaSparkContext {

    private KeptOpen(SparkContext context) {
      super(context);
    }

    static JavaSparkContext of(JavaSparkContext kept) {
      return new KeptOpen(kept.sc());
    }

    @Override
    public void close() {}
  }
}
