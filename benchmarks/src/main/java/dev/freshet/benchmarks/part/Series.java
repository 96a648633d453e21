package dev.freshet.benchmarks.part;

import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.mean;
import static dev.freshet.transformation.Transformations.percentile;
import static dev.freshet.transformation.Transformations.stddev;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.OrderStream;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.Traffic;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.CityDemandHandler;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Measures the cost of an event against the size of the state. */
public final class Series {

  private static final FeatureGroup COURIER_ACCEPT_TIME = new CourierAcceptTimeHandler().features();
  private static final FeatureGroup STORE_ORDERS = new StoreOrdersHandler().features();
  private static final FeatureGroup CITY_DEMAND = new CityDemandHandler().features();

  /** How long an event of city_demand, and an order of store_orders, is held. */
  private static final Duration CITY_DEMAND_HOLD = Duration.ofHours(1);

  private static final Duration STORE_ORDERS_HOLD = Duration.ofHours(4);

  /** A batch that is small against what a hot key holds, as its batches are. */
  private static final int HOT_BATCH = 100;

  private static final int LEAST_HELD_FOR_BATCHES = 1_000;
  private static final int LAST_EVENTS_COURIERS = 100;

  /** How often a key sees an event while the events of {@link #STORE_ORDERS} are held. */
  private static final int EVENTS_A_KEY = 2;

  /** So many that every command is used, for each of which Redis keeps a histogram. */
  private static final int FIRST_EVENTS = 2_000;

  /** More than is held, so that windows evict. */
  private static final double FULL = 1.1;

  private final Workbench bench;

  public Series(Workbench bench) {
    this.bench = bench;
  }

  /** One hot key; x is how many events, or orders of four events each, it holds. */
  public List<Point> held() {
    List<Point> points = new ArrayList<>();
    for (int held : bench.extent().held()) {
      points.addAll(held(CITY_DEMAND, Set.of(OrderStream.CREATED), CITY_DEMAND_HOLD, held));
    }
    for (int held : bench.extent().held()) {
      points.addAll(held(STORE_ORDERS, SideBySide.STREAMS, STORE_ORDERS_HOLD, held));
    }
    return points;
  }

  private List<Point> held(FeatureGroup group, Set<OrderStream> streams, Duration hold, int held) {
    bench.tell("%s: a key that holds %,d".formatted(group, held));
    City city = City.ofOneStore((double) held / hold.toSeconds(), bench.seed());
    long preload = (long) (FULL * held * streams.size());
    List<Integer> batchSizes = held >= LEAST_HELD_FOR_BATCHES ? List.of(1, HOT_BATCH) : List.of(1);
    return points(group.name(), List.of(group), city, streams, preload, batchSizes, held, held);
  }

  /** Couriers with full lists; x is how many events a list holds. */
  public List<Point> lastEventsHeld() {
    List<Point> points = new ArrayList<>();
    for (int size : bench.extent().lastEvents()) {
      bench.tell("lists of the last %,d events".formatted(size));
      City city = new City(LAST_EVENTS_COURIERS, 1, 1, City.IN_TURN, 1, bench.seed());
      long preload = (long) (FULL * LAST_EVENTS_COURIERS * size);
      points.addAll(
          points(
              "last events",
              List.of(lastOf(size)),
              city,
              Set.of(OrderStream.DELIVERED),
              preload,
              List.of(1, Deliveries.BATCH_SIZE),
              size,
              (long) LAST_EVENTS_COURIERS * size));
    }
    return points;
  }

  /** Stores and couriers that take turns; x is how many there are of each. */
  public List<Point> keys() {
    List<Point> points = new ArrayList<>();
    for (int keys : bench.extent().keys()) {
      bench.tell("%,d keys of each group".formatted(keys));
      double ordersPerSecond = (double) EVENTS_A_KEY * keys / STORE_ORDERS_HOLD.toSeconds();
      points.addAll(
          points(
              "store_orders and courier_accept_time",
              List.of(STORE_ORDERS, COURIER_ACCEPT_TIME),
              City.ofKeys(keys, ordersPerSecond, bench.seed()),
              EnumSet.of(OrderStream.CREATED, OrderStream.DELIVERED),
              (long) (FULL * keys * EVENTS_A_KEY * 2),
              List.of(1, Deliveries.BATCH_SIZE),
              keys,
              keys));
    }
    return points;
  }

  private List<Point> points(
      String series,
      List<FeatureGroup> groups,
      City city,
      Set<OrderStream> streams,
      long preload,
      List<Integer> batchSizes,
      long x,
      long held) {
    Traffic traffic = new Traffic(city, streams, bench.extent().mostAtOnce());
    List<Point> points = new ArrayList<>();
    try (Engine engine = Engine.of(bench.store().url(), groups, bench.sink())) {
      double empty = emptyBytes(engine, traffic);
      traffic.preload(engine, preload);
      double stateBytes = (bench.store().dataBytes() - empty) / held;
      for (int batchSize : batchSizes) {
        traffic.feed(engine, Math.min(bench.extent().warmUp(), 2_000L * batchSize), batchSize);
        Figures figures = traffic.measure(engine, bench.store(), batchSize, bench.extent().point());
        points.add(new Point(series, batchSize, x, stateBytes, figures));
      }
    }
    return points;
  }

  /**
   * The memory of a store without keys that knows the engine, its scripts and commands. The engine
   * finds its lists gone when it writes next, and begins them anew.
   */
  private double emptyBytes(Engine engine, Traffic traffic) {
    traffic.feed(engine, FIRST_EVENTS, HOT_BATCH);
    bench.store().clear();
    bench.store().dataBytes(); // the first question leaves a histogram, too
    return bench.store().dataBytes();
  }

  private static FeatureGroup lastOf(int size) {
    return FeatureGroup.named("last_%d".formatted(size))
        .dimension(new Dimension("courier", "courierId"))
        .reads(
            new EventType(
                OrderStream.DELIVERED.eventType(), OrderStream.DELIVERED.stream(), "orderId"))
        .value(seconds("courierRequestedAt", "courierAcceptedAt"))
        .over(lastEvents(size), count(), mean(), stddev(), percentile(90))
        .build();
  }
}
