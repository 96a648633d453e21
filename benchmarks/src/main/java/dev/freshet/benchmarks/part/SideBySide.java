package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.OrderStream;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.RoundTrip;
import dev.freshet.benchmarks.measure.Traffic;
import dev.freshet.benchmarks.subject.ArticleWay;
import dev.freshet.benchmarks.subject.CountingSink;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.benchmarks.subject.RedisAlone;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
    Figures article) {

  public static final List<FeatureGroup> GROUPS =
      List.of(new CourierAcceptTimeHandler().features(), new StoreOrdersHandler().features());

  static final Set<OrderStream> STREAMS = EnumSet.allOf(OrderStream.class);
  private static final int SECONDS_PER_HOUR = 3_600;

  /** How many commands the server alone is given: a few seconds of work. */
  private static final int MOST_REPLAYED = 100_000;

  public static SideBySide measure(Workbench bench, double ordersPerSecond) {
    return new Run(bench, City.ofGoals(ordersPerSecond, bench.seed())).measure();
  }

  /** The engine's figures at a batch size. */
  public Figures at(int batchSize) {
    return batches.stream()
        .filter(point -> point.batchSize() == batchSize)
        .findFirst()
        .orElseThrow()
        .figures();
  }

  private static final class Run {

    private final Workbench bench;
    private final City city;
    private final int preload;
    private final RoundTrip roundTrip;

    Run(Workbench bench, City city) {
      this.bench = bench;
      this.city = city;
      this.preload =
          (int)
              (bench.extent().preloadHours()
                  * SECONDS_PER_HOUR
                  * city.ordersPerSecond()
                  * STREAMS.size());
      this.roundTrip = new RoundTrip(bench.store());
    }

    SideBySide measure() {
      Traffic traffic = new Traffic(city, STREAMS, bench.extent().mostAtOnce());
      fill(traffic);
      List<Point> points = new ArrayList<>();
      RedisAlone alone;
      try (Engine engine = Engine.of(bench.store().url(), GROUPS, bench.sink())) {
        roundTrip.warmUp();
        traffic.feed(engine, bench.extent().warmUp(), Deliveries.BATCH_SIZE);
        for (int batchSize : bench.extent().batchSizes()) {
          points.add(point(engine, traffic, batchSize));
        }
        alone = redisAlone(traffic, points);
      }
      bench.store().clear();
      return new SideBySide(
          city.ordersPerSecond(), roundTrip.medianMicros(), points, alone, article());
    }

    private void fill(Traffic traffic) {
      bench.tell("filling the state with %,d events".formatted(preload));
      try (Engine engine = Engine.of(bench.store().url(), GROUPS, new CountingSink())) {
        traffic.preload(engine, preload);
      }
    }

    private Point point(Engine engine, Traffic traffic, int batchSize) {
      bench.tell("measuring batches of %,d".formatted(batchSize));
      traffic.feed(engine, Math.min(bench.extent().warmUp(), 5_000L * batchSize), batchSize);
      Figures figures =
          traffic.measure(
              engine,
              bench.store(),
              batchSize,
              batchSize == Deliveries.BATCH_SIZE ? bench.extent().work() : bench.extent().point(),
              batchSize == 1 ? roundTrip::sample : () -> {});
      return new Point("freshet", batchSize, batchSize, 0, figures);
    }

    private RedisAlone redisAlone(Traffic traffic, List<Point> measured) {
      bench.tell("measuring what Redis alone needs for the same commands");
      long most =
          measured.stream().mapToLong(point -> point.figures().events()).max().orElseThrow();
      return RedisAlone.measure(
          bench.store(),
          bench.copy(),
          url -> Engine.of(url, GROUPS, new CountingSink()),
          traffic.next((int) Math.min(MOST_REPLAYED, most), Deliveries.BATCH_SIZE));
    }

    private Figures article() {
      bench.tell("measuring one event at a time");
      Traffic traffic = new Traffic(city, STREAMS, bench.extent().mostAtOnce());
      try (ArticleWay article = new ArticleWay(bench.store().url(), bench.sink())) {
        article.preload(traffic.next(preload, Deliveries.BATCH_SIZE));
        traffic.feed(article, bench.extent().warmUp() / 4, Deliveries.BATCH_SIZE);
        return traffic.measure(
            article, bench.store(), Deliveries.BATCH_SIZE, bench.extent().work());
      } finally {
        bench.store().clear();
      }
    }
  }
}
