package dev.freshet.benchmarks.report;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A goal and what was measured.
 *
 * @param limit with its sign, such as {@code ≥ 20.0}
 */
public record Goal(String name, double measured, String limit, boolean met) {

  private static final double MEBIBYTE = 1 << 20;

  /** Returns the goals that a run can tell about. Ratios are of the same run. */
  static List<Goal> of(BenchResults results) {
    List<Goal> goals = new ArrayList<>();
    if (results.path() != null) {
      goals.addAll(ofPath(results.path()));
    }
    if (results.sideBySide() != null) {
      goals.addAll(ofRatios(results.sideBySide()));
    }
    addSpread(goals, "held", results.held());
    addSpread(goals, "keys", results.keys());
    results.smallFunctions().forEach(function -> goals.add(ofSmallFunction(function)));
    return goals;
  }

  private static List<Goal> ofPath(WholePath path) {
    WholePath.Row direct = path.batchedDirect();
    double redisMicros = path.rows().get(0).aggregation().redisMicros();
    return List.of(
        atMost(15, "whole path, directly: CPU, µs an event", direct.cpuMicros()),
        atLeast(35, "whole path, CPU: one at a time / directly (times)", path.timesLess(direct)),
        atMost(4, "subscriber: function, µs a result of 7 features", path.write().jvmMicros()),
        atMost(4, "subscriber: Redis, µs a result of 7 features", path.write().redisMicros()),
        atMost(
            8, "aggregation: function, µs an event", path.rows().get(0).aggregation().jvmMicros()),
        atMost(5, "aggregation: Redis, µs an event", redisMicros),
        atLeast(120_000, "events/s before one Redis is the limit", 1e6 / redisMicros));
  }

  private static List<Goal> ofRatios(SideBySide run) {
    EventCost batched = run.at(OrderLoad.BATCH_SIZE);
    double throughput = batched.eventsPerSecond();
    double times = throughput / run.article().eventsPerSecond();
    double cpuTimes = run.article().cpuMicros() / batched.cpuMicros();
    double percent = 100 * throughput / run.redisAlone().eventsPerSecond();
    double p50 = run.at(1).p50Micros() / run.roundTripMicros();
    double p99 = run.at(1).p99Micros() / run.roundTripMicros();
    return List.of(
        atLeast(20, "events/s against one at a time (times)", times),
        atLeast(20, "CPU per event, one at a time against Freshet (times)", cpuTimes),
        atLeast(60, "throughput against Redis alone (%)", percent),
        atMost(4, "p50 of a single event (round trips)", p50),
        atMost(10, "p99 of a single event (round trips)", p99));
  }

  private static void addSpread(List<Goal> goals, String what, List<Point> points) {
    for (String size : List.of("in batches", "single events")) {
      points.stream()
          .filter(point -> (point.batchSize() == 1) == size.equals("single events"))
          .collect(Collectors.groupingBy(point -> point.series() + point.batchSize()))
          .values()
          .stream()
          .map(Goal::growth)
          .max(Double::compare)
          .map(
              worst ->
                  atMost(
                      1.5,
                      "cost per event, most %s / least, %s (times)".formatted(what, size),
                      worst))
          .ifPresent(goals::add);
    }
  }

  /**
   * Returns how much more an event costs at the last x of a series than at the first, by processor
   * time or by the median invocation.
   */
  private static double growth(List<Point> series) {
    EventCost first = series.get(0).figures();
    EventCost last = series.get(series.size() - 1).figures();
    return Math.max(last.cpuMicros() / first.cpuMicros(), last.p50Micros() / first.p50Micros());
  }

  private static Goal ofSmallFunction(SmallFunction function) {
    return function.isPaced()
        ? atMost(
            50,
            "longest collector pause at %.0f times the article's load (ms)"
                .formatted(SmallFunction.PACE),
            (double) function.pauseMostMillis())
        : atMost(
            0.5 * function.heapMost() / MEBIBYTE,
            "live heap in a 512 MB function (MiB)",
            function.heapLiveMost() / MEBIBYTE);
  }

  private static Goal atLeast(double limit, String name, double measured) {
    return new Goal(name, measured, "≥ " + MarkdownTable.text(limit), measured >= limit);
  }

  private static Goal atMost(double limit, String name, double measured) {
    return new Goal(name, measured, "≤ " + MarkdownTable.text(limit), measured <= limit);
  }
}
