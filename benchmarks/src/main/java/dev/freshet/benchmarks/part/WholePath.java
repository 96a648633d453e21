package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Meter;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.benchmarks.subject.ArticleWay;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.benchmarks.subject.ResultStore;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The whole path, from event bytes to features in the feature store: what aggregation costs, and
 * what it costs to store its results, each with its own Redis. One instance of each function on one
 * thread; nothing between them is measured.
 */
public record WholePath(List<Row> rows) {

  private static final int ROUNDS = 7;

  /**
   * The cost of a source event to a subject, in the median of the rounds.
   *
   * @param aggregation from event bytes to result bytes
   * @param storing from result bytes to features
   */
  public record Row(String subject, int batch, EventCost aggregation, EventCost storing) {

    public double cpuMicros() {
      return aggregation.cpuMicros() + storing.cpuMicros();
    }

    /** Of both stages, one after the other. */
    public double eventsPerSecond() {
      return 1 / (1 / aggregation.eventsPerSecond() + 1 / storing.eventsPerSecond());
    }
  }

  public static WholePath measure(Workbench bench) {
    List<Row> rows = new ArrayList<>();
    Held held = new Held();
    OrderLoad load = bench.load();
    try (Engine engine = Engine.of(bench.store().url(), Workbench.GROUPS, held);
        ResultStore store = ResultStore.ofFreshet(bench.copy().url())) {
      load.preload(engine, bench.preload());
      load.feed(engine, bench.extent().warmUp(), OrderLoad.BATCH_SIZE);
      store.handle(held.take());
      for (int batch : List.of(OrderLoad.BATCH_SIZE, 1)) {
        rows.add(row("Freshet", batch, bench, load, inTurn(engine, held, store)));
      }
    } finally {
      clear(bench);
    }
    rows.addAll(direct(bench, held));
    OrderLoad again = bench.load();
    try (ArticleWay article = new ArticleWay(bench.store().url(), held);
        ResultStore store = ResultStore.ofArticle(bench.copy().url())) {
      article.preload(again.next(bench.preload(), OrderLoad.BATCH_SIZE));
      again.feed(article, bench.extent().warmUp() / 4, OrderLoad.BATCH_SIZE);
      store.handle(held.take());
      rows.add(row("one at a time", 1, bench, again, inTurn(article, held, store)));
    } finally {
      clear(bench);
    }
    return new WholePath(rows);
  }

  /** The functions write the feature store themselves. */
  private static List<Row> direct(Workbench bench, Held held) {
    List<Row> rows = new ArrayList<>();
    OrderLoad load = bench.load();
    try (Engine engine =
        Engine.direct(bench.store().url(), bench.copy().url(), Workbench.GROUPS, held)) {
      load.preload(engine, bench.preload());
      load.feed(engine, bench.extent().warmUp(), OrderLoad.BATCH_SIZE);
      Path path =
          (first, second, deliveries) -> {
            second.observe(() -> first.measure(engine, deliveries));
            held.drop();
          };
      for (int batch : List.of(OrderLoad.BATCH_SIZE, 1)) {
        rows.add(row("Freshet, direct", batch, bench, load, path));
      }
    } finally {
      clear(bench);
    }
    return rows;
  }

  /** Works on deliveries, measured by one meter for each Redis. */
  private interface Path {
    void work(Meter first, Meter second, List<Delivery> deliveries);
  }

  private static Path inTurn(Subject subject, Held held, ResultStore store) {
    return (first, second, deliveries) -> {
      first.measure(subject, deliveries);
      List<OutgoingRecord> results = held.take();
      second.measure(() -> store.handle(results));
    };
  }

  private static void clear(Workbench bench) {
    bench.store().clear();
    bench.copy().clear();
  }

  private static Row row(String name, int batch, Workbench bench, OrderLoad load, Path path) {
    bench.tell("%s: the whole path, batches of %,d".formatted(name, batch));
    Duration work = bench.extent().work().dividedBy(ROUNDS);
    List<EventCost> aggregation = new ArrayList<>();
    List<EventCost> storing = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Meter first = new Meter(bench.store());
      Meter second = new Meter(bench.copy());
      while (first.wallNanos() < work.toNanos()) {
        List<Delivery> deliveries = load.next(Math.max(1_000, 20 * batch), batch);
        second.count(deliveries.stream().mapToLong(Delivery::size).sum());
        path.work(first, second, deliveries);
      }
      aggregation.add(first.cost());
      storing.add(second.cost());
    }
    return new Row(name, batch, EventCost.median(aggregation), EventCost.median(storing));
  }

  /** Keeps results until they are taken on to the feature store. */
  private static final class Held implements RecordSink {

    private List<OutgoingRecord> records = new ArrayList<>();

    @Override
    public BitSet put(List<OutgoingRecord> batch) {
      records.addAll(batch);
      return new BitSet(0);
    }

    void drop() {
      records.clear();
    }

    List<OutgoingRecord> take() {
      List<OutgoingRecord> taken = records;
      records = new ArrayList<>();
      return taken;
    }
  }
}
