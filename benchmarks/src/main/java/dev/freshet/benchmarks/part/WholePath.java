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
 *
 * @param write the cost of a result, not of an event, to the subscriber
 */
public record WholePath(List<Row> rows, EventCost write) {

  /** Describes the results of {@link #write}. */
  public static final String WRITTEN =
      "%d features, in batches of %d".formatted(ResultWrites.FEATURES, ResultWrites.BATCH);

  private static final String REFERENCE = "one at a time";
  private static final int ROUNDS = 7;
  private static final List<Integer> BATCHES = List.of(OrderLoad.BATCH_SIZE, 1);

  /**
   * The cost of a source event to a subject, in the median of the rounds.
   *
   * @param aggregation from event bytes to result bytes; if the function writes the feature store
   *     itself, with what that costs the function
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

  /** Works for some events, and measures both stages. */
  @FunctionalInterface
  private interface Way {
    void work(List<Delivery> deliveries, Meter aggregation, Meter storing);
  }

  public static WholePath measure(Workbench bench) {
    List<Row> rows = new ArrayList<>();
    Held held = new Held();
    OrderLoad load = bench.load();
    try (Engine engine = Engine.of(bench.store().url(), Workbench.GROUPS, held);
        ResultStore store = ResultStore.ofFreshet(bench.copy().url())) {
      load.preload(engine, bench.preload());
      store.handle(held.take());
      for (int batch : BATCHES) {
        rows.add(row("by the stream", batch, bench, load, inStages(engine, held, store)));
      }
    }
    rows.addAll(direct(bench, load));
    clear(bench);
    rows.add(reference(bench));
    clear(bench);
    return new WholePath(rows, ResultWrites.measure(bench));
  }

  /** Goes on over the same state with functions that write the feature store themselves. */
  private static List<Row> direct(Workbench bench, OrderLoad load) {
    String url = bench.store().url();
    try (Engine engine =
        Engine.direct(url, bench.copy().url(), Workbench.GROUPS, Workbench.NOWHERE)) {
      Way way =
          (deliveries, both, redis) -> redis.measureRedis(() -> both.measure(engine, deliveries));
      return BATCHES.stream().map(batch -> row("directly", batch, bench, load, way)).toList();
    }
  }

  private static Row reference(Workbench bench) {
    Held held = new Held();
    OrderLoad load = bench.load();
    try (ArticleWay article = new ArticleWay(bench.store().url(), held);
        ResultStore store = ResultStore.ofArticle(bench.copy().url())) {
      article.preload(load.next(bench.preload(), OrderLoad.BATCH_SIZE));
      load.feed(article, bench.extent().shortWarmUp(), OrderLoad.BATCH_SIZE);
      store.handle(held.take());
      return row(REFERENCE, 1, bench, load, inStages(article, held, store));
    }
  }

  private static Way inStages(Subject subject, Held held, ResultStore store) {
    return (deliveries, aggregation, storing) -> {
      aggregation.measure(subject, deliveries);
      List<OutgoingRecord> results = held.take();
      storing.measure(() -> store.handle(results));
    };
  }

  private static void clear(Workbench bench) {
    bench.store().clear();
    bench.copy().clear();
  }

  private static Row row(String name, int batch, Workbench bench, OrderLoad load, Way way) {
    bench.tell("%s: the whole path, batches of %,d".formatted(name, batch));
    warmUp(batch, bench, load, way);
    Duration work = bench.extent().work().dividedBy(ROUNDS);
    List<EventCost> aggregation = new ArrayList<>();
    List<EventCost> storing = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Meter first = new Meter(bench.store());
      Meter second = new Meter(bench.copy());
      while (first.wallNanos() < work.toNanos()) {
        List<Delivery> deliveries = next(load, batch);
        second.count(events(deliveries));
        way.work(deliveries, first, second);
      }
      aggregation.add(first.cost());
      storing.add(second.cost());
    }
    return new Row(name, batch, EventCost.median(aggregation), EventCost.median(storing));
  }

  /** Works in both stages, as what is still being compiled of one would count for the other. */
  private static void warmUp(int batch, Workbench bench, OrderLoad load, Way way) {
    long left = Math.min(bench.extent().warmUp(), 5_000L * batch);
    while (left > 0) {
      List<Delivery> deliveries = next(load, batch);
      way.work(deliveries, new Meter(bench.store()), new Meter(bench.copy()));
      left -= events(deliveries);
    }
  }

  private static List<Delivery> next(OrderLoad load, int batch) {
    return load.next(Math.max(1_000, 20 * batch), batch);
  }

  private static long events(List<Delivery> deliveries) {
    return deliveries.stream().mapToLong(Delivery::size).sum();
  }

  /** Returns how many times as much CPU the reference takes for an event. */
  public double timesLess(Row row) {
    return rows.get(rows.size() - 1).cpuMicros() / row.cpuMicros();
  }

  /** Returns the row of functions that write the feature store themselves, in batches. */
  public Row batchedDirect() {
    return rows.get(BATCHES.size());
  }

  /** Keeps results until they are taken on to the feature store. */
  private static final class Held implements RecordSink {

    private List<OutgoingRecord> records = new ArrayList<>();

    @Override
    public BitSet put(List<OutgoingRecord> batch) {
      records.addAll(batch);
      return new BitSet(0);
    }

    List<OutgoingRecord> take() {
      List<OutgoingRecord> taken = records;
      records = new ArrayList<>();
      return taken;
    }
  }
}
