package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.Traffic;
import dev.freshet.benchmarks.subject.CountingSink;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine of all feature groups of the reference catalogue, over the same events.
 *
 * @param batches x is the batch size
 * @param resultsPerEvent at the batch size of the goals
 * @param bytesPerResult on average
 */
public record AllGroups(List<Point> batches, double resultsPerEvent, double bytesPerResult) {

  private static final List<FeatureGroup> GROUPS = Catalogue.load().groups();

  private static final List<Integer> BATCH_SIZES = List.of(1, 20, Deliveries.BATCH_SIZE);
  private static final int SECONDS_PER_HOUR = 3_600;

  public static AllGroups measure(Workbench bench, double ordersPerSecond) {
    bench.store().clear();
    City city = City.ofGoals(ordersPerSecond, bench.seed());
    Traffic traffic = new Traffic(city, SideBySide.STREAMS, bench.extent().mostAtOnce());
    List<Point> points = new ArrayList<>();
    CountingSink sink = new CountingSink();
    try (Engine engine = Engine.of(bench.store().url(), GROUPS, sink)) {
      bench.tell("filling the state of all groups");
      double seconds = bench.extent().preloadHours() * SECONDS_PER_HOUR;
      traffic.preload(engine, (long) (seconds * ordersPerSecond * SideBySide.STREAMS.size()));
      Figures last = null;
      for (int batchSize : BATCH_SIZES) {
        bench.tell("measuring all groups with batches of %,d".formatted(batchSize));
        traffic.feed(engine, Math.min(bench.extent().warmUp(), 2_000L * batchSize), batchSize);
        sink.reset();
        last = traffic.measure(engine, bench.store(), batchSize, bench.extent().point());
        points.add(new Point("all groups", batchSize, batchSize, 0, last));
      }
      return new AllGroups(
          points, (double) sink.records() / last.events(), (double) sink.bytes() / sink.records());
    } finally {
      bench.store().clear();
    }
  }
}
