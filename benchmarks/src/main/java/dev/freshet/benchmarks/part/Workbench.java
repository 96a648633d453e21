package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.city.OrderEventType;
import dev.freshet.city.SteadyCity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import dev.freshet.stream.RecordSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The settings and servers that every part of a run needs.
 *
 * @param folder for logs
 * @param copy a second Redis, for a copy of the state
 * @param ordersPerSecond of simulated time, of all stores together
 * @param sink gets the results of what is measured
 * @param progress is told what is being done
 */
public record Workbench(
    Path folder,
    RedisNode store,
    RedisNode copy,
    Extent extent,
    double ordersPerSecond,
    long seed,
    RecordSink sink,
    Consumer<String> progress) {

  public static final RecordSink NOWHERE = batch -> new BitSet(0);

  static final FeatureGroup COURIER_ACCEPT_TIME = new CourierAcceptTimeHandler().groups().get(0);
  static final FeatureGroup STORE_ORDERS = new StoreOrdersHandler().groups().get(0);

  /** The feature groups of the goals. */
  public static final List<FeatureGroup> GROUPS = List.of(COURIER_ACCEPT_TIME, STORE_ORDERS);

  static final String CREATED = OrderEventType.ORDER_CREATED.stream();
  static final String DELIVERED = OrderEventType.ORDER_DELIVERED.stream();

  /** The four streams of the orders, none of which is cancelled. */
  public static final Set<String> STREAMS =
      Set.of(
          CREATED,
          OrderEventType.ORDER_ACCEPTED.stream(),
          OrderEventType.ORDER_PICKED.stream(),
          DELIVERED);

  /**
   * In the median of so many, a pause of a collector whose heap holds millions of keys is left out.
   */
  private static final int ROUNDS = 5;

  private static final int SECONDS_PER_HOUR = 3_600;

  void tell(String what) {
    progress.accept(what);
  }

  /** Returns all events of the couriers and stores of the goals, mildly skewed. */
  OrderLoad load() {
    return load(cityOfGoals(ordersPerSecond, seed), STREAMS);
  }

  OrderLoad load(SteadyCity city, Set<String> streams) {
    return new OrderLoad(city, streams, extent.mostAtOnce());
  }

  public static SteadyCity cityOfGoals(double ordersPerSecond, long seed) {
    return new SteadyCity(2_000, 1_000, 5, 0.6, ordersPerSecond, seed);
  }

  /** Returns how many events fill the state, until windows evict. */
  int preload() {
    return (int) (extent.preloadHours() * SECONDS_PER_HOUR * ordersPerSecond * STREAMS.size());
  }

  /** Measures a subject that is warm but for this batch size. */
  Point point(
      String series, Subject subject, OrderLoad load, int batchSize, long x, double stateBytes) {
    load.feed(subject, Math.min(extent.shortWarmUp(), 2_000L * batchSize), batchSize);
    Duration work = extent.point().dividedBy(ROUNDS);
    List<EventCost> rounds =
        IntStream.range(0, ROUNDS)
            .mapToObj(round -> load.measure(subject, store, batchSize, work))
            .toList();
    return new Point(series, batchSize, x, stateBytes, EventCost.median(rounds));
  }
}
