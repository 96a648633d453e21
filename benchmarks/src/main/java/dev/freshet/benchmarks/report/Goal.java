package dev.freshet.benchmarks.report;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.Workload;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A goal and what was measured.
 *
 * @param limit with its sign, such as {@code ≥ 20.0}
 */
public record Goal(String name, double measured, String limit, boolean met) {

  private static final double MEBIBYTE = 1 << 20;

  /** Returns the goals that a run can tell about. Ratios are of the same run. */
  static List<Goal> of(Results results) {
    List<Goal> goals = new ArrayList<>();
    if (results.path() != null) {
      goals.addAll(ofPath(results.path().rows().get(0)));
    }
    if (results.sideBySide() != null) {
      goals.addAll(ofRatios(results.sideBySide()));
    }
    addSpread(goals, "held", false, results.held());
    addSpread(goals, "held", true, results.held());
    addSpread(goals, "keys", false, results.keys());
    addSpread(goals, "keys", true, results.keys());
    results.smallFunctions().forEach(function -> goals.add(ofSmallFunction(function)));
    return goals;
  }

  private static List<Goal> ofPath(WholePath.Row batched) {
    double redisMicros = batched.aggregating(EventCost::redisMicros);
    return List.of(
        atMost(8, "aggregation: function, µs an event", batched.aggregating(EventCost::jvmMicros)),
        atMost(5, "aggregation: Redis, µs an event", redisMicros),
        atLeast(120_000, "events/s before one Redis is the limit", 1e6 / redisMicros));
  }

  private static List<Goal> ofRatios(SideBySide run) {
    EventCost freshet = run.at(Workload.BATCH_SIZE);
    EventCost single = run.at(1);
    double throughput = freshet.eventsPerSecond();
    return List.of(
        atLeast(
            20,
            "events/s against one at a time (times)",
            throughput / run.article().eventsPerSecond()),
        atLeast(
            20,
            "CPU per event, one at a time against Freshet (times)",
            run.article().cpuMicros() / freshet.cpuMicros()),
        atLeast(
            60,
            "throughput against Redis alone (%)",
            100 * throughput / run.redisAlone().eventsPerSecond()),
        atMost(
            4, "p50 of a single event (round trips)", single.p50Micros() / run.roundTripMicros()),
        atMost(
            10, "p99 of a single event (round trips)", single.p99Micros() / run.roundTripMicros()));
  }

  private static void addSpread(
      List<Goal> goals, String what, boolean areSingle, List<Point> points) {
    List<Point> some =
        points.stream().filter(point -> (point.batchSize() == 1) == areSingle).toList();
    if (!some.isEmpty()) {
      String name =
          "cost per event, most %s / least, %s (times)"
              .formatted(what, areSingle ? "single events" : "in batches");
      goals.add(atMost(1.5, name, spread(some)));
    }
  }

  /**
   * Returns how much more an event costs at the last x of a series than at the first: the worst of
   * all series, of processor time and of the median invocation.
   */
  private static double spread(List<Point> points) {
    return points.stream()
        .collect(Collectors.groupingBy(point -> point.series() + point.batchSize()))
        .values()
        .stream()
        .mapToDouble(
            series ->
                Math.max(
                    growth(series, EventCost::cpuMicros), growth(series, EventCost::p50Micros)))
        .max()
        .orElseThrow();
  }

  private static double growth(List<Point> series, ToDoubleFunction<EventCost> cost) {
    return cost.applyAsDouble(series.get(series.size() - 1).figures())
        / cost.applyAsDouble(series.get(0).figures());
  }

  private static Goal ofSmallFunction(SmallFunction function) {
    return function.isPaced()
        ? atMost(
            50,
            "longest collector pause at %.0f times the article's load (ms)"
                .formatted(SmallFunction.PACE),
            function.pauseMostMillis())
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
