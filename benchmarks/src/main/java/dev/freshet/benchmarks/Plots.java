package dev.freshet.benchmarks;

import dev.freshet.replay.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Draws the results. */
final class Plots {

  private static final double MICROS_PER_MILLI = 1e3;

  private Plots() {}

  /** Writes one file a plot into a folder; parts that were not measured have none. */
  static void draw(Results results, Path folder) throws IOException {
    if (results.sideBySide() != null) {
      write(folder, "throughput.svg", throughput(results.sideBySide(), results.machine()));
      write(folder, "latency.svg", latency(results.sideBySide(), results.machine()));
    }
    cost(
        folder,
        "cost-by-held.svg",
        "events, or orders, that the key holds",
        "events held by a key",
        results.held(),
        results.machine());
    cost(
        folder,
        "cost-by-last.svg",
        "length of the lists",
        "the length of last-N lists",
        results.lastEvents(),
        results.machine());
    cost(
        folder,
        "cost-by-keys.svg",
        "keys of each feature group",
        "the number of keys",
        results.keys(),
        results.machine());
  }

  static void drawScale(List<Scale> results, Path folder) throws IOException {
    double[] instances = results.stream().mapToDouble(Scale::instances).toArray();
    LineChart chart =
        new LineChart(
            "Throughput by instances",
            "every instance with its own connection and shard, batches of 500",
            "instances",
            "events per second",
            false);
    chart.line(
        "Freshet", instances, results.stream().mapToDouble(Scale::eventsPerSecond).toArray());
    write(folder, "scale.svg", chart);
  }

  private static LineChart throughput(SideBySide results, String machine) {
    return new LineChart(
            "Throughput of one instance",
            machine,
            "events in an invocation",
            "events per second",
            true)
        .line("Freshet", xs(results.batches()), ys(results.batches(), Figures::eventsPerSecond))
        .level("one event at a time", results.article().eventsPerSecond())
        .level("Redis alone, same commands", results.redisAlone().eventsPerSecond());
  }

  private static LineChart latency(SideBySide results, String machine) {
    List<Point> batches = results.batches();
    return new LineChart(
            "Time of an invocation", machine, "events in an invocation", "milliseconds", true)
        .line("median", xs(batches), ys(batches, each -> each.p50Micros() / MICROS_PER_MILLI))
        .line("99 %", xs(batches), ys(batches, each -> each.p99Micros() / MICROS_PER_MILLI))
        .line("99.9 %", xs(batches), ys(batches, each -> each.p999Micros() / MICROS_PER_MILLI))
        .level("a round trip to Redis", results.roundTripMicros() / MICROS_PER_MILLI);
  }

  private static void cost(
      Path folder, String file, String xLabel, String against, List<Point> points, String machine)
      throws IOException {
    if (points.isEmpty()) {
      return;
    }
    LineChart chart =
        new LineChart(
            "Cost of an event against " + against,
            machine,
            xLabel,
            "CPU µs, function and Redis",
            false);
    series(points)
        .forEach((name, series) -> chart.line(name, xs(series), ys(series, Figures::cpuMicros)));
    write(folder, file, chart);
  }

  private static Map<String, List<Point>> series(List<Point> points) {
    Map<String, List<Point>> series = new LinkedHashMap<>();
    boolean isOne = points.stream().map(Point::series).distinct().count() == 1;
    for (Point point : points) {
      String batch = point.batchSize() == 1 ? "single events" : "batches of " + point.batchSize();
      series
          .computeIfAbsent(
              isOne ? batch : point.series() + ", " + batch, first -> new java.util.ArrayList<>())
          .add(point);
    }
    return series;
  }

  private static double[] xs(List<Point> points) {
    return points.stream().mapToDouble(Point::x).toArray();
  }

  private static double[] ys(List<Point> points, ToDoubleFunction<Figures> figure) {
    return points.stream().map(Point::figures).mapToDouble(figure).toArray();
  }

  private static void write(Path folder, String file, LineChart chart) throws IOException {
    OutputFile.write(
        folder.resolve(file), unfinished -> Files.writeString(unfinished, chart.svg()));
  }
}
