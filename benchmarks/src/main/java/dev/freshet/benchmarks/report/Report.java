package dev.freshet.benchmarks.report;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.AllGroups;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import dev.freshet.benchmarks.replay.ReplayMeasurement.ReplayRow;
import dev.freshet.benchmarks.serving.Serving;
import dev.freshet.benchmarks.subject.RedisAlone;
import java.util.ArrayList;
import java.util.List;

/** The results as tables. */
public final class Report {

  private static final double MEBIBYTE = 1 << 20;

  private final StringBuilder text = new StringBuilder();

  private Report(String machine) {
    text.append("Measured on ").append(machine).append(".\n");
  }

  /** Returns the machine that this process runs on, in words. */
  public static String machine(String redisVersion) {
    return "%d cores (%s), Java %s, Redis %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            redisVersion);
  }

  public static String of(BenchResults results) {
    Report report = new Report(results.machine());
    if (results.path() != null) {
      report.path(results.path());
    }
    if (results.sideBySide() != null) {
      report.sideBySide(results.sideBySide());
    }
    report.points("Cost against events held by the key", "held", results.held());
    report.points("Cost against the length of last-N lists", "N", results.lastEvents());
    report.points("Cost against keys", "keys", results.keys());
    if (results.allGroups() != null) {
      report.allGroups(results.allGroups());
    }
    report.points("Cost of waiting for a replica", "replicas", results.replicas());
    report.smallFunctions(results.smallFunctions());
    report.goals(results.goals());
    return report.text.toString();
  }

  /** Returns the results of reads as a table. */
  public static String ofServing(String machine, List<Serving> results) {
    Report report = new Report(machine);
    report.add(
        "Reads of rows, each of another entity",
        new MarkdownTable<>(results)
            .column("rows", Serving::rows)
            .column("features", Serving::features)
            .column("subject", Serving::subject)
            .column("p50 µs", Serving::p50Micros)
            .column("p99 µs", Serving::p99Micros)
            .column("rows/s", Serving::rowsPerSecond)
            .column("client µs a row", Serving::clientMicros)
            .column("Redis µs a row", Serving::redisMicros)
            .column("kB a row", each -> each.allocatedBytes() / 1_000));
    return report.text.toString();
  }

  /** Returns the table of replays. */
  public static String ofReplay(List<ReplayRow> results) {
    Report report = new Report(machine("not needed"));
    report.add(
        "Replay",
        new MarkdownTable<>(results)
            .column("input", ReplayRow::input)
            .column("events", ReplayRow::events)
            .column("rows", ReplayRow::rows)
            .column("cores", ReplayRow::cores)
            .column("heap", ReplayRow::heap)
            .column("s", ReplayRow::seconds)
            .column("CPU s", ReplayRow::cpuSeconds)
            .column("events/s", ReplayRow::eventsPerSecond)
            .column("rows/s", ReplayRow::rowsPerSecond)
            .column("peak MB", ReplayRow::peakMegabytes));
    return report.text.toString();
  }

  private void add(String title, MarkdownTable<?> table) {
    text.append("\n### ").append(title).append("\n\n").append(table);
  }

  private void path(WholePath path) {
    add(
        "From event bytes to features in the feature store",
        new MarkdownTable<>(path.rows())
            .column("subject", WholePath.Row::subject)
            .column("batch", WholePath.Row::batch)
            .column("events/s", WholePath.Row::eventsPerSecond)
            .column("CPU µs", WholePath.Row::cpuMicros)
            .column("function µs", row -> row.aggregation().jvmMicros())
            .column("state store µs", row -> row.aggregation().redisMicros())
            .column("subscriber µs", row -> row.storing().jvmMicros())
            .column("feature store µs", row -> row.storing().redisMicros())
            .column("times less CPU", path::timesLess));
    text.append(
        ("\nTimes less CPU: than one at a time. The subscriber takes %s µs of function and %s µs of"
                + " Redis for a result of %s.\n")
            .formatted(
                MarkdownTable.text(path.write().jvmMicros()),
                MarkdownTable.text(path.write().redisMicros()),
                WholePath.WRITTEN));
  }

  private void sideBySide(SideBySide results) {
    List<Point> subjects = new ArrayList<>();
    for (Point each : results.batches()) {
      subjects.add(new Point("Freshet", each.batchSize(), each.x(), 0, each.figures()));
    }
    subjects.add(new Point("one at a time", 1, 1, 0, results.article()));
    subjects.add(new Point("Redis alone", OrderLoad.BATCH_SIZE, 1, 0, cost(results.redisAlone())));
    MarkdownTable<Point> table =
        new MarkdownTable<>(subjects)
            .column("subject", Point::series)
            .column("batch", Point::batchSize);
    add(
        "Throughput and cost of an event",
        costs(table)
            .column("p99.9 µs", point -> point.figures().p999Micros())
            .column("allocated B", point -> point.figures().allocatedBytes()));
    text.append(
        ("\nPercentiles are of an invocation. A round trip to Redis took %s µs."
                + " Freshet sent %s commands an event.\n")
            .formatted(
                MarkdownTable.text(results.roundTripMicros()),
                MarkdownTable.text(results.redisAlone().commandsPerEvent())));
  }

  /** Returns a cost of which only throughput and processor time were measured. */
  private static EventCost cost(RedisAlone alone) {
    double no = Double.NaN;
    double cpu = alone.redisMicros();
    return new EventCost(
        alone.events(), alone.eventsPerSecond(), cpu, no, cpu, no, no, 0, no, no, no);
  }

  private void points(String title, String xHeading, List<Point> points) {
    if (points.isEmpty()) {
      return;
    }
    MarkdownTable<Point> table =
        new MarkdownTable<>(points)
            .column("series", Point::series)
            .column("batch", Point::batchSize)
            .column(xHeading, Point::x);
    costs(table);
    if (points.get(0).stateBytes() > 0) {
      table.column("held B", Point::stateBytes);
    }
    add(title, table);
    if (points.get(0).stateBytes() > 0) {
      text.append("\nheld B: memory of Redis for all keys of the state (lists, clocks, index), ");
      text.append(
          "for each event, order or key; connections, scripts and ledgers are not"
              + " counted. The mean of ten moments.\n");
    }
  }

  private static MarkdownTable<Point> costs(MarkdownTable<Point> table) {
    return table
        .column("events/s", point -> point.figures().eventsPerSecond())
        .column("CPU µs", point -> point.figures().cpuMicros())
        .column("function µs", point -> point.figures().jvmMicros())
        .column("Redis µs", point -> point.figures().redisMicros())
        .column("from Redis B", point -> point.figures().redisBytesOut())
        .column("p50 µs", point -> point.figures().p50Micros())
        .column("p99 µs", point -> point.figures().p99Micros());
  }

  private void allGroups(AllGroups results) {
    points("All feature groups", "events", results.batches());
    text.append(
        "\nResults an event at the largest batch: %s, of %s bytes.\n"
            .formatted(
                MarkdownTable.text(results.resultsPerEvent()),
                MarkdownTable.text(results.bytesPerResult())));
  }

  private void smallFunctions(List<SmallFunction> functions) {
    if (functions.isEmpty()) {
      return;
    }
    double load = SmallFunction.ARTICLE_EVENTS_PER_SECOND;
    add(
        "In a function of 512 MB",
        new MarkdownTable<>(functions)
            .column("events/s", SmallFunction::eventsPerSecond)
            .column("× the article's load", small -> small.eventsPerSecond() / load)
            .column("heap limit MiB", small -> small.heapMost() / MEBIBYTE)
            .column("heap after any GC MiB", small -> small.heapAfterGcMost() / MEBIBYTE)
            .column("live heap MiB", small -> small.heapLiveMost() / MEBIBYTE)
            .column("resident MiB", small -> small.residentMost() / MEBIBYTE)
            .column("collections", SmallFunction::collections)
            .column("full ones", SmallFunction::fullCollections)
            .column("longest pause ms", SmallFunction::pauseMostMillis));
  }

  private void goals(List<Goal> goals) {
    add(
        "Goals",
        new MarkdownTable<>(goals)
            .column("goal", Goal::name)
            .column("measured", Goal::measured)
            .column("limit", Goal::limit)
            .column("met", goal -> goal.met() ? "yes" : "no"));
  }
}
