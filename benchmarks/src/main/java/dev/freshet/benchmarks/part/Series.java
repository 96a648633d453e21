package dev.freshet.benchmarks.part;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Window.last;

import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.city.SteadyCity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.CityDemandHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures the cost of an event against the size of the state. */
public final class Series {

  private static final FeatureGroup CITY_DEMAND = new CityDemandHandler().groups().get(0);

  /** How long an event of city_demand, and an order of store_orders, is held. */
  private static final Duration CITY_DEMAND_HOLD = Duration.ofHours(1);

  private static final Duration STORE_ORDERS_HOLD = Duration.ofHours(4);

  /** A batch that is small against what a hot key holds, as its batches are. */
  private static final int HOT_BATCH = 100;

  private static final List<Integer> BATCHES = List.of(1, OrderLoad.BATCH_SIZE);

  private static final int LEAST_HELD_FOR_BATCHES = 1_000;
  private static final int COURIERS = 100;

  /** How often a key sees an event while the events of store_orders are held. */
  private static final int EVENTS_A_KEY = 2;

  /** So many that every command is used, for each of which Redis keeps a histogram. */
  private static final int FIRST_EVENTS = 2_000;

  /** Memory is that of several moments in the mean, as the records after a snapshot come and go. */
  private static final int MOMENTS = 10;

  private static final int EVENTS_BETWEEN = 500;

  /** More than is held, so that windows evict. */
  private static final double FULL = 1.1;

  private final Workbench bench;
  private final List<Point> points = new ArrayList<>();

  private Series(Workbench bench) {
    this.bench = bench;
  }

  /** Measures one hot key; x is how many events, or orders of four events each, it holds. */
  public static List<Point> held(Workbench bench) {
    Series series = new Series(bench);
    for (int held : bench.extent().held()) {
      series.held(CITY_DEMAND, Set.of(Workbench.CREATED), CITY_DEMAND_HOLD, held);
    }
    for (int held : bench.extent().held()) {
      series.held(Workbench.STORE_ORDERS, Workbench.STREAMS, STORE_ORDERS_HOLD, held);
    }
    return series.points;
  }

  private void held(FeatureGroup group, Set<String> streams, Duration hold, int held) {
    bench.tell("%s: a key that holds %,d".formatted(group, held));
    double ordersPerSecond = (double) held / hold.toSeconds();
    SteadyCity city = new SteadyCity(1, 1, 1, 0, ordersPerSecond, bench.seed());
    List<Integer> sizes = held >= LEAST_HELD_FOR_BATCHES ? List.of(1, HOT_BATCH) : List.of(1);
    OrderLoad load = bench.load(city, streams);
    measure(group.name(), List.of(group), load, sizes, held, held, streams.size());
  }

  /** Measures couriers with full lists; x is how many events a list holds. */
  public static List<Point> lastEventsHeld(Workbench bench) {
    Series series = new Series(bench);
    for (int size : bench.extent().lastEvents()) {
      bench.tell("lists of the last %,d events".formatted(size));
      SteadyCity city = new SteadyCity(COURIERS, 1, 1, SteadyCity.IN_TURN, 1, bench.seed());
      OrderLoad load = bench.load(city, Set.of(Workbench.DELIVERED));
      series.measure("last events", List.of(lastOf(size)), load, BATCHES, size, COURIERS * size, 1);
    }
    return series.points;
  }

  /** Measures stores and couriers that take turns; x is how many there are of each. */
  public static List<Point> keys(Workbench bench) {
    Series series = new Series(bench);
    for (int keys : bench.extent().keys()) {
      bench.tell("%,d keys of each group".formatted(keys));
      double ordersPerSecond = (double) EVENTS_A_KEY * keys / STORE_ORDERS_HOLD.toSeconds();
      SteadyCity city =
          new SteadyCity(keys, keys, 1, SteadyCity.IN_TURN, ordersPerSecond, bench.seed());
      OrderLoad load = bench.load(city, Set.of(Workbench.CREATED, Workbench.DELIVERED));
      String name = "store_orders and courier_accept_time";
      series.measure(name, Workbench.GROUPS, load, BATCHES, keys, keys, 2 * EVENTS_A_KEY);
    }
    return series.points;
  }

  /**
   * Measures each batch size over one state.
   *
   * @param held entities or events among which the memory is divided
   * @param eventsEach that fill the state, for each of them
   */
  private void measure(
      String name,
      List<FeatureGroup> groups,
      OrderLoad load,
      List<Integer> batchSizes,
      int x,
      int held,
      int eventsEach) {
    try (Engine engine = Engine.of(bench.store().url(), groups, bench.sink())) {
      double bytes = fill(engine, load, FULL * held * eventsEach) / held;
      for (int size : batchSizes) {
        points.add(bench.point(name, engine, load, size, x, bytes));
      }
    }
  }

  /**
   * Fills the state and returns its memory, compared with that of a store without keys that knows
   * the engine, its scripts and commands. The engine finds its lists gone when it writes next, and
   * begins them anew.
   */
  private double fill(Engine engine, OrderLoad load, double eventCount) {
    for (int time = 0; time < 2; time++) { // again, as lists that are gone take other commands
      load.feed(engine, FIRST_EVENTS, HOT_BATCH);
      load.feed(engine, EVENTS_BETWEEN, 1);
      bench.store().stateBytes();
      bench.store().clear();
    }
    double empty = bench.store().stateBytes();
    load.preload(engine, (long) eventCount);
    double sum = 0;
    for (int i = 0; i < MOMENTS; i++) {
      load.feed(engine, EVENTS_BETWEEN, 1);
      sum += bench.store().stateBytes() - empty;
    }
    return sum / MOMENTS;
  }

  private static FeatureGroup lastOf(int size) {
    FeatureGroup model = Workbench.COURIER_ACCEPT_TIME;
    return FeatureGroup.named("last_%d".formatted(size))
        .dimension(model.dimension())
        .reads(model.eventTypes().get(0))
        .value(model.columns().numbers().get(0))
        .over(last(size), count(), mean(), stddev(), percentile(90))
        .build();
  }
}
