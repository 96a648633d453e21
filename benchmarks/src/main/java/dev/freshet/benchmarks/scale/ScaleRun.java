package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.part.Extent;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.city.SteadyCity;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures many instances of the whole path, and what an event costs; computes what a large cluster
 * would do.
 */
public final class ScaleRun {

  private static final int ROUNDS = 3;
  private static final int WARM_UP_BATCHES = 2;

  /** Afterwards no other round of a row begins, so that a run ends on a slow machine too. */
  private static final Duration ROW_LIMIT = Duration.ofSeconds(30);

  /** So large that the shards of 128 instances fill their batches. */
  static final int METROPOLIS_STORES = 64_000;

  private static final int CLUSTER = 3;
  private static final List<Integer> LARGE = List.of(OrderLoad.BATCH_SIZE);
  private static final List<Integer> BATCHES = List.of(1, 20, 100, OrderLoad.BATCH_SIZE);
  private static final SteadyCity ONE_TOWN = new SteadyCity(2_000, 1_000, 1, 0.6, 20, 1);

  /** The feature groups that rows of instances are of. */
  static final List<String> MEASURED_GROUPS =
      Workbench.GROUPS.stream().map(FeatureGroup::name).toList();

  /** Cities by their stores: their orders go on from one measurement to the next. */
  private final Map<Integer, ShardedLoad> cities = new HashMap<>();

  private final Path folder;
  private final boolean isDirect;
  private final Extent extent;
  private final Consumer<String> progress;

  /**
   * @param folder for logs
   * @param isDirect whether functions write features themselves, without a subscriber
   */
  public ScaleRun(Path folder, boolean isDirect, Extent extent, Consumer<String> progress) {
    this.folder = folder;
    this.isDirect = isDirect;
    this.extent = extent;
    this.progress = progress;
  }

  public ScaleResults measure() {
    List<InstancesRow> rows = new ArrayList<>();
    try (Stores single = Stores.start(1, isDirect, folder)) {
      rows.addAll(metropolis(single));
    }
    try (Stores cluster = Stores.start(CLUSTER, isDirect, folder)) {
      rows.addAll(metropolis(cluster));
      List<InstancesRow> hotKey = hotKey(cluster);
      List<PathCost> groups = groups(cluster);
      List<PathCost> costs = costs(cluster);
      return ScaleResults.of(cluster.state().version(), isDirect, rows, hotKey, groups, costs);
    }
  }

  private List<InstancesRow> metropolis(Stores stores) {
    ShardedLoad load = cityOf(METROPOLIS_STORES);
    try (Fleet one = new Fleet(stores, Workbench.GROUPS, 1)) {
      progress.accept("filling the state of %,d stores".formatted(METROPOLIS_STORES));
      one.handle(List.of(load.next(extent.shortWarmUp(), OrderLoad.BATCH_SIZE)));
    }
    return extent.instances().stream()
        .map(instances -> row(stores, Workbench.GROUPS, load, instances))
        .toList();
  }

  /** Measures instances that all write the same entity, and read what the others wrote to it. */
  private List<InstancesRow> hotKey(Stores stores) {
    stores.clear();
    ShardedLoad load = new ShardedLoad(ONE_TOWN);
    List<FeatureGroup> groups =
        Stream.of("city_demand", "city_orders").map(Catalogue.load()::group).toList();
    return extent.someInstances().stream()
        .map(instances -> row(stores, groups, load, instances))
        .toList();
  }

  private InstancesRow row(
      Stores stores, List<FeatureGroup> groups, ShardedLoad load, int instances) {
    progress.accept(
        "%s, %,d masters of each store: measuring %,d instances"
            .formatted(groups, stores.masters(), instances));
    int batches = extent.batchesOf(instances);
    long events = (long) instances * batches * OrderLoad.BATCH_SIZE;
    List<Usage> rounds = new ArrayList<>();
    try (Fleet fleet = new Fleet(stores, groups, instances)) {
      fleet.handle(load.next(instances, WARM_UP_BATCHES, OrderLoad.BATCH_SIZE));
      long start = System.nanoTime();
      while (rounds.size() < ROUNDS && System.nanoTime() - start < ROW_LIMIT.toNanos()) {
        rounds.add(fleet.handle(load.next(instances, batches, OrderLoad.BATCH_SIZE)));
      }
    }
    return InstancesRow.of(stores.masters(), instances, events, rounds);
  }

  private List<PathCost> groups(Stores stores) {
    return Catalogue.load().groups().stream()
        .flatMap(group -> costs(group.name(), stores, List.of(group), LARGE, extent.largestCity()))
        .toList();
  }

  private List<PathCost> costs(Stores stores) {
    List<FeatureGroup> all = Catalogue.load().groups();
    return extent.cities().stream()
        .flatMap(
            city -> costs("all", stores, all, city == extent.largestCity() ? BATCHES : LARGE, city))
        .toList();
  }

  private Stream<PathCost> costs(
      String what, Stores stores, List<FeatureGroup> groups, List<Integer> batches, int city) {
    progress.accept("what an event costs: %s, %,d stores".formatted(what, city));
    return PathCost.measure(what, stores, groups, cityOf(city), city, batches, extent).stream();
  }

  private ShardedLoad cityOf(int stores) {
    return cities.computeIfAbsent(stores, size -> new ShardedLoad(ShardedLoad.cityOf(size)));
  }
}
