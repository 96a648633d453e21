package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.subject.ArticleWay;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.benchmarks.subject.RedisAlone;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * The engine at several batch sizes and both references, over the same generated events.
 *
 * @param roundTripMicros median of a GET between the invocations of one event
 * @param batches the engine; x is the batch size
 */
public record SideBySide(
    double ordersPerSecond,
    double roundTripMicros,
    List<Point> batches,
    RedisAlone redisAlone,
    EventCost article) {

  /** How many events' commands the server alone is given: a few seconds of work. */
  private static final int MOST_REPLAYED = 100_000;

  private static final int ROUND_TRIPS_AT_ONCE = 200;

  public static SideBySide measure(Workbench bench) {
    OrderLoad load = bench.load();
    List<Point> points = new ArrayList<>();
    DescriptiveStatistics roundTripNanos = new DescriptiveStatistics();
    RedisAlone alone;
    try (Engine engine = Engine.of(bench.store().url(), Workbench.GROUPS, bench.sink())) {
      bench.tell("filling the state with %,d events".formatted(bench.preload()));
      fill(bench, load);
      load.feed(engine, bench.extent().warmUp(), OrderLoad.BATCH_SIZE);
      for (int batchSize : bench.extent().batchSizes()) {
        points.add(point(bench, engine, load, batchSize, roundTripNanos));
      }
      alone = redisAlone(bench, load, points);
    }
    bench.store().clear();
    double roundTripMicros = roundTripNanos.getPercentile(50) / 1e3;
    return new SideBySide(bench.ordersPerSecond(), roundTripMicros, points, alone, article(bench));
  }

  /** Returns the engine's cost at a batch size. */
  public EventCost at(int batchSize) {
    return batches.stream()
        .filter(point -> point.batchSize() == batchSize)
        .findFirst()
        .orElseThrow()
        .figures();
  }

  /** Fills the state by an engine of its own, whose results are not published. */
  private static void fill(Workbench bench, OrderLoad load) {
    try (Engine engine = Engine.of(bench.store().url(), Workbench.GROUPS, Workbench.NOWHERE)) {
      load.preload(engine, bench.preload());
    }
  }

  private static Point point(
      Workbench bench,
      Engine engine,
      OrderLoad load,
      int batchSize,
      DescriptiveStatistics roundTripNanos) {
    bench.tell("measuring batches of %,d".formatted(batchSize));
    load.feed(engine, Math.min(bench.extent().warmUp(), 5_000L * batchSize), batchSize);
    Duration work =
        batchSize == OrderLoad.BATCH_SIZE ? bench.extent().work() : bench.extent().point();
    Runnable between =
        batchSize == 1
            ? () -> sampleRoundTrips(bench.store().commands(), roundTripNanos)
            : () -> {};
    EventCost cost = load.measure(engine, bench.store(), batchSize, work, between);
    return new Point("freshet", batchSize, batchSize, 0, cost);
  }

  /** Takes the time of the simplest exchange with Redis, one at a time, by the same client. */
  private static void sampleRoundTrips(
      RedisCommands<String, String> redis, DescriptiveStatistics nanos) {
    for (int i = 0; i < ROUND_TRIPS_AT_ONCE; i++) {
      long start = System.nanoTime();
      redis.get("round-trip");
      nanos.addValue((double) (System.nanoTime() - start));
    }
  }

  private static RedisAlone redisAlone(Workbench bench, OrderLoad load, List<Point> measured) {
    bench.tell("measuring what Redis alone needs for the same commands");
    long most = measured.stream().mapToLong(point -> point.figures().events()).max().orElseThrow();
    return RedisAlone.measure(
        bench.store(),
        bench.copy(),
        url -> Engine.of(url, Workbench.GROUPS, Workbench.NOWHERE),
        load.next((int) Math.min(MOST_REPLAYED, most), OrderLoad.BATCH_SIZE));
  }

  private static EventCost article(Workbench bench) {
    bench.tell("measuring one event at a time");
    OrderLoad load = bench.load();
    try (ArticleWay article = new ArticleWay(bench.store().url(), bench.sink())) {
      article.preload(load.next(bench.preload(), OrderLoad.BATCH_SIZE));
      load.feed(article, bench.extent().shortWarmUp(), OrderLoad.BATCH_SIZE);
      return load.measure(article, bench.store(), OrderLoad.BATCH_SIZE, bench.extent().work());
    } finally {
      bench.store().clear();
    }
  }
}
