package dev.freshet.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.AllGroups;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All that one run has measured; a part that was left out is null or empty.
 *
 * @param machine what it ran on, in words
 * @param path from event bytes to features in the feature store
 */
public record Results(
    String machine,
    WholePath path,
    SideBySide sideBySide,
    List<Point> held,
    List<Point> lastEvents,
    List<Point> keys,
    AllGroups allGroups,
    List<Point> replicas,
    List<SmallFunction> smallFunctions) {

  private static final double MEBIBYTE = 1 << 20;

  /** The goals that this run can tell about. Ratios are of the same run. */
  @JsonProperty
  List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    if (path != null) {
      addPath(goals, path);
    }
    if (sideBySide != null) {
      addRatios(goals);
    }
    addSpread(goals, "held", held);
    addSpread(goals, "keys", keys);
    smallFunctions.forEach(function -> addSmallFunction(goals, function));
    return goals;
  }

  private static void addPath(List<Goal> goals, WholePath path) {
    WholePath.Row batched = path.rows().get(0);
    goals.add(
        Goal.atMost(
            8, "aggregation: function, µs an event", batched.aggregating(Figures::jvmMicros)));
    goals.add(
        Goal.atMost(
            5, "aggregation: Redis, µs an event", batched.aggregating(Figures::redisMicros)));
    goals.add(
        Goal.atLeast(
            120_000,
            "events/s before one Redis is the limit",
            1e6 / batched.aggregating(Figures::redisMicros)));
  }

  private void addRatios(List<Goal> goals) {
    Figures freshet = sideBySide.at(Deliveries.BATCH_SIZE);
    Figures single = sideBySide.at(1);
    Figures article = sideBySide.article();
    goals.add(
        Goal.atLeast(
            20,
            "events/s against one at a time (times)",
            freshet.eventsPerSecond() / article.eventsPerSecond()));
    goals.add(
        Goal.atLeast(
            20,
            "CPU per event, one at a time against Freshet (times)",
            article.cpuMicros() / freshet.cpuMicros()));
    goals.add(
        Goal.atLeast(
            60,
            "throughput against Redis alone (%)",
            100 * freshet.eventsPerSecond() / sideBySide.redisAlone().eventsPerSecond()));
    double roundTrip = sideBySide.roundTripMicros();
    goals.add(
        Goal.atMost(4, "p50 of a single event (round trips)", single.p50Micros() / roundTrip));
    goals.add(
        Goal.atMost(10, "p99 of a single event (round trips)", single.p99Micros() / roundTrip));
  }

  private static void addSpread(List<Goal> goals, String what, List<Point> points) {
    points.stream()
        .collect(Collectors.partitioningBy(point -> point.batchSize() == 1))
        .forEach(
            (areSingle, some) -> {
              if (!some.isEmpty()) {
                goals.add(
                    Goal.atMost(
                        1.5,
                        "cost per event, most %s / least, %s (times)"
                            .formatted(what, areSingle ? "single events" : "in batches"),
                        spread(some)));
              }
            });
  }

  private static void addSmallFunction(List<Goal> goals, SmallFunction function) {
    if (function.isPaced()) {
      goals.add(
          Goal.atMost(
              50,
              "longest collector pause at %.0f times the article's load (ms)"
                  .formatted(SmallFunction.PACE),
              (double) function.pauseMostMillis()));
    } else {
      goals.add(
          Goal.atMost(
              0.5 * function.heapMost() / MEBIBYTE,
              "live heap in a 512 MB function (MiB)",
              function.heapLiveMost() / MEBIBYTE));
    }
  }

  /**
   * How much more an event costs at the last x of a series than at the first: the worst of all
   * series, of processor time and of the median invocation.
   */
  private static double spread(List<Point> points) {
    return points.stream()
        .collect(Collectors.groupingBy(point -> point.series() + point.batchSize()))
        .values()
        .stream()
        .mapToDouble(
            series ->
                Math.max(growth(series, Figures::cpuMicros), growth(series, Figures::p50Micros)))
        .max()
        .orElseThrow();
  }

  private static double growth(List<Point> series, ToDoubleFunction<Figures> cost) {
    return cost.applyAsDouble(series.get(series.size() - 1).figures())
        / cost.applyAsDouble(series.get(0).figures());
  }
}
