package dev.freshet.benchmarks.report;

import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.Scale;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import dev.freshet.benchmarks.subject.RedisAlone;
import java.util.List;

/** The results as tables. */
public final class Report {

  private static final double MEBIBYTE = 1 << 20;

  private Report() {}

  public static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append("Measured on ").append(results.machine()).append(".\n");
    if (results.path() != null) {
      title(text, "From event bytes to features in the feature store");
      text.append(path(results.path().rows()));
    }
    if (results.sideBySide() != null) {
      sideBySide(text, results.sideBySide());
    }
    points(text, "Cost against events held by the key", "held", results.held());
    points(text, "Cost against the length of last-N lists", "N", results.lastEvents());
    points(text, "Cost against keys", "keys", results.keys());
    if (results.allGroups() != null) {
      points(text, "All feature groups", "events", results.allGroups().batches());
      text.append(
          "\nResults an event at the largest batch: %s, of %s bytes.\n"
              .formatted(
                  MarkdownTable.text(results.allGroups().resultsPerEvent()),
                  MarkdownTable.text(results.allGroups().bytesPerResult())));
    }
    points(text, "Cost of waiting for a replica", "replicas", results.replicas());
    if (!results.smallFunctions().isEmpty()) {
      smallFunctions(text, results.smallFunctions());
    }
    goals(text, results.goals());
    return text.toString();
  }

  /** The results of some numbers of instances as a table. */
  public static String ofScale(String machine, List<Scale> results) {
    MarkdownTable table =
        new MarkdownTable(
            "instances",
            "events/s",
            "cores of functions",
            "cores of Redis",
            "busiest Redis",
            "limit");
    for (Scale each : results) {
      table.row(
          each.instances(),
          each.eventsPerSecond(),
          each.functionCores(),
          each.redisCores(),
          each.busiestRedisCores(),
          each.limit());
    }
    return "Measured on " + machine + ".\n\n### Instances\n\n" + table;
  }

  private static MarkdownTable path(List<WholePath.Row> rows) {
    MarkdownTable table =
        new MarkdownTable(
            "subject",
            "batch",
            "events/s",
            "CPU µs",
            "aggregation µs",
            "state store µs",
            "subscriber µs",
            "feature store µs",
            "CPU, times Freshet's");
    for (WholePath.Row row : rows) {
      table.row(
          row.subject(),
          row.batch(),
          row.eventsPerSecond(),
          row.cpuMicros(),
          row.aggregating(Figures::jvmMicros),
          row.aggregating(Figures::redisMicros),
          row.storing(Figures::jvmMicros),
          row.storing(Figures::redisMicros),
          row.cpuMicros() / rows.get(0).cpuMicros());
    }
    return table;
  }

  private static void sideBySide(StringBuilder text, SideBySide results) {
    title(text, "Throughput and cost of an event");
    MarkdownTable table =
        new MarkdownTable(
            "subject",
            "batch",
            "events/s",
            "CPU µs",
            "function µs",
            "Redis µs",
            "allocated B",
            "from Redis B",
            "p50 µs",
            "p99 µs",
            "p99.9 µs");
    for (Point point : results.batches()) {
      row(table, "Freshet", point.batchSize(), point.figures());
    }
    row(table, "one at a time", 1, results.article());
    RedisAlone alone = results.redisAlone();
    table.row(
        "Redis alone",
        Deliveries.BATCH_SIZE,
        alone.eventsPerSecond(),
        alone.redisMicros(),
        "",
        alone.redisMicros(),
        "",
        "",
        "",
        "",
        "");
    text.append(table);
    text.append(
        "\nPercentiles are of an invocation. A round trip to Redis took %s µs. Freshet sent %s commands an event.\n"
            .formatted(
                MarkdownTable.text(results.roundTripMicros()),
                MarkdownTable.text(alone.commandsPerEvent())));
  }

  private static void row(MarkdownTable table, String subject, int batch, Figures figures) {
    table.row(
        subject,
        batch,
        figures.eventsPerSecond(),
        figures.cpuMicros(),
        figures.jvmMicros(),
        figures.redisMicros(),
        figures.allocatedBytes(),
        figures.redisBytesOut(),
        figures.p50Micros(),
        figures.p99Micros(),
        figures.p999Micros());
  }

  private static void points(StringBuilder text, String title, String x, List<Point> points) {
    if (points.isEmpty()) {
      return;
    }
    title(text, title);
    MarkdownTable table =
        new MarkdownTable(
            "series",
            "batch",
            x,
            "events/s",
            "CPU µs",
            "function µs",
            "Redis µs",
            "from Redis B",
            "p50 µs",
            "p99 µs",
            "held B");
    for (Point point : points) {
      Figures figures = point.figures();
      table.row(
          point.series(),
          point.batchSize(),
          point.x(),
          figures.eventsPerSecond(),
          figures.cpuMicros(),
          figures.jvmMicros(),
          figures.redisMicros(),
          figures.redisBytesOut(),
          figures.p50Micros(),
          figures.p99Micros(),
          point.stateBytes());
    }
    text.append(table);
    if (points.stream().anyMatch(point -> point.stateBytes() > 0)) {
      text.append(
          "\nheld B: memory of Redis for all keys of the state (lists, clocks, index), for each event, order or key;"
              + " connections and scripts are not counted.\n");
    }
  }

  private static void smallFunctions(StringBuilder text, List<SmallFunction> functions) {
    title(text, "In a function of 512 MB");
    MarkdownTable table =
        new MarkdownTable(
            "events/s",
            "× the article's load",
            "heap limit MiB",
            "heap after any GC MiB",
            "live heap MiB",
            "resident MiB",
            "collections",
            "full ones",
            "longest pause ms");
    for (SmallFunction small : functions) {
      table.row(
          small.eventsPerSecond(),
          small.eventsPerSecond() / SmallFunction.ARTICLE_EVENTS_PER_SECOND,
          small.heapMost() / MEBIBYTE,
          small.heapAfterGcMost() / MEBIBYTE,
          small.heapLiveMost() / MEBIBYTE,
          small.residentMost() / MEBIBYTE,
          small.collections(),
          small.fullCollections(),
          small.pauseMostMillis());
    }
    text.append(table);
  }

  private static void goals(StringBuilder text, List<Goal> goals) {
    title(text, "Goals");
    MarkdownTable table = new MarkdownTable("goal", "measured", "limit", "met");
    for (Goal goal : goals) {
      table.row(goal.name(), goal.measured(), goal.limit(), goal.met() ? "yes" : "no");
    }
    text.append(table);
  }

  private static void title(StringBuilder text, String title) {
    text.append("\n### ").append(title).append("\n\n");
  }
}
