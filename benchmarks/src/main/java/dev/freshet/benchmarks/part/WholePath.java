package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Meter;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.benchmarks.measure.Traffic;
import dev.freshet.benchmarks.subject.ArticleWay;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.benchmarks.subject.HeldResults;
import dev.freshet.benchmarks.subject.ResultStore;
import dev.freshet.stream.OutgoingRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The whole path, from event bytes to features in the feature store: what aggregation costs, and
 * what it costs to store its results, each with its own Redis. One instance of each function on one
 * thread; nothing between them is measured.
 */
public record WholePath(List<Row> rows) {

  private static final int ROUNDS = 7;
  private static final int SECONDS_PER_HOUR = 3_600;

  /**
   * The medians of some rounds, per source event.
   *
   * @param aggregation from event bytes to result bytes
   * @param storing from result bytes to features
   */
  public record Row(String subject, int batch, List<Figures> aggregation, List<Figures> storing) {

    public double aggregating(ToDoubleFunction<Figures> figure) {
      return median(aggregation, figure);
    }

    public double storing(ToDoubleFunction<Figures> figure) {
      return median(storing, figure);
    }

    public double cpuMicros() {
      return aggregating(Figures::cpuMicros) + storing(Figures::cpuMicros);
    }

    /** Of both stages, one after the other. */
    public double eventsPerSecond() {
      return 1
          / (1 / aggregating(Figures::eventsPerSecond) + 1 / storing(Figures::eventsPerSecond));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
      return rounds.stream().mapToDouble(figure).sorted().toArray()[rounds.size() / 2];
    }
  }

  public static WholePath measure(Workbench bench, double ordersPerSecond) {
    City city = City.ofGoals(ordersPerSecond, bench.seed());
    int preload =
        (int)
            (bench.extent().preloadHours()
                * SECONDS_PER_HOUR
                * ordersPerSecond
                * SideBySide.STREAMS.size());
    List<Row> rows = new ArrayList<>();
    HeldResults results = new HeldResults();
    Traffic traffic = new Traffic(city, SideBySide.STREAMS, bench.extent().mostAtOnce());
    try (Engine engine = Engine.of(bench.store().url(), SideBySide.GROUPS, results);
        ResultStore store = ResultStore.ofFreshet(bench.copy().url())) {
      traffic.preload(engine, preload);
      traffic.feed(engine, bench.extent().warmUp(), Deliveries.BATCH_SIZE);
      store.handle(results.take());
      for (int batch : List.of(Deliveries.BATCH_SIZE, 1)) {
        rows.add(row("Freshet", batch, bench, traffic, engine, results, store));
      }
    }
    bench.store().clear();
    bench.copy().clear();
    Traffic again = new Traffic(city, SideBySide.STREAMS, bench.extent().mostAtOnce());
    try (ArticleWay article = new ArticleWay(bench.store().url(), results);
        ResultStore store = ResultStore.ofArticle(bench.copy().url())) {
      article.preload(again.next(preload, Deliveries.BATCH_SIZE));
      again.feed(article, bench.extent().warmUp() / 4, Deliveries.BATCH_SIZE);
      store.handle(results.take());
      rows.add(row("one at a time", 1, bench, again, article, results, store));
    } finally {
      bench.store().clear();
      bench.copy().clear();
    }
    return new WholePath(rows);
  }

  private static Row row(
      String name,
      int batch,
      Workbench bench,
      Traffic traffic,
      Subject subject,
      HeldResults results,
      ResultStore store) {
    bench.tell("%s: the whole path, batches of %,d".formatted(name, batch));
    List<Figures> aggregation = new ArrayList<>();
    List<Figures> storing = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Meter first = new Meter(bench.store());
      Meter second = new Meter(bench.copy());
      Duration work = bench.extent().work().dividedBy(ROUNDS);
      while (first.wallNanos() < work.toNanos()) {
        List<Delivery> deliveries = traffic.next(Math.max(1_000, 20 * batch), batch);
        first.measure(subject, deliveries);
        List<OutgoingRecord> published = results.take();
        second.count(deliveries.stream().mapToLong(Delivery::size).sum());
        second.measure(() -> store.handle(published));
      }
      aggregation.add(Figures.of(first.cost()));
      storing.add(Figures.of(second.cost()));
    }
    return new Row(name, batch, aggregation, storing);
  }
}
