package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.definition.Catalogue;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;

/**
 * The measurements of many instances, and what follows for others.
 *
 * @param isDirect whether functions wrote features themselves, without a subscriber
 * @param loadAverage of this machine at the end
 * @param rows instances over one master of each store, then over some
 * @param hotKey instances that write one city
 * @param groups what an event costs each feature group
 * @param costs what an event costs all of them, by the size of the city and of batches
 * @param shares of the busiest of three masters
 * @param partitions how uneven the partitions of each group are
 * @param cluster what clusters of other sizes would do at a hundred times the reference load
 * @param needs what loads need
 */
public record ScaleResults(
    String redisVersion,
    boolean isDirect,
    double loadAverage,
    List<InstancesRow> rows,
    List<InstancesRow> hotKey,
    List<PathCost> groups,
    List<PathCost> costs,
    List<Share> shares,
    List<Unevenness> partitions,
    List<ClusterRow> cluster,
    List<Need> needs) {

  /**
   * A part of a store's work that one master of some has.
   *
   * @param predicted by the keys
   */
  public record Share(String store, int masters, double predicted, double measured) {}

  /**
   * The load of the busiest partition of a group.
   *
   * @param times the busiest partition has of the mean
   */
  public record Unevenness(String group, String dimension, double times) {}

  private static final List<Integer> LOADS = List.of(1, 100, 10_000);
  private static final int SMALL_BATCH = 20;

  static ScaleResults of(
      String redisVersion,
      boolean isDirect,
      List<InstancesRow> measured,
      List<InstancesRow> hotKey,
      List<PathCost> groups,
      List<PathCost> costs) {
    SlotWork metropolis =
        new SlotWork(
            works(groups, ScaleRun.METROPOLIS_STORES).stream()
                .filter(work -> ScaleRun.MEASURED_GROUPS.contains(work.group()))
                .toList());
    List<GroupWork> works = works(groups, 100 * Need.STORES);
    PathCost largest =
        growing(cost(costs, Long.MAX_VALUE, OrderLoad.BATCH_SIZE), measured, Need.eventShards(100));
    return new ScaleResults(
        redisVersion,
        isDirect,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        measured.stream().map(row -> predicted(row, measured, metropolis)).toList(),
        hotKey,
        groups,
        costs,
        shares(measured, metropolis),
        works.stream()
            .map(
                work ->
                    new Unevenness(work.group(), work.entities().dimension(), work.unevenness()))
            .toList(),
        ClusterRow.of(new SlotWork(works), largest),
        LOADS.stream().map(times -> need(times, measured, groups, costs)).toList());
  }

  private static List<GroupWork> works(List<PathCost> groups, long stores) {
    return groups.stream()
        .map(
            cost -> {
              String dimension = Catalogue.load().group(cost.what()).dimension().name();
              EntityShares entities = EntityShares.of(dimension, stores);
              return new GroupWork(cost.what(), entities, cost.state(), cost.features());
            })
        .toList();
  }

  /**
   * Predicts a row from one instance over as many masters. What an event costs more with many
   * instances is taken from those over one master, so it is predicted for several masters only.
   */
  private static InstancesRow predicted(
      InstancesRow row, List<InstancesRow> measured, SlotWork work) {
    InstancesRow one = row(measured, row.masters(), 1);
    InstancesRow many = row(measured, 1, row.masters() == 1 ? 1 : row.instances());
    InstancesRow few = row(measured, 1, 1);
    Prediction law =
        Prediction.from(one, work.stateShare(row.masters()), work.featureShare(row.masters()))
            .growing(many.stateMicros() / few.stateMicros(), many.micros() / few.micros());
    return row.predicted(law.eventsPerSecond(row.instances(), row.coresLeft()));
  }

  /** Returns the row whose number of instances is nearest. */
  private static InstancesRow row(List<InstancesRow> rows, int masters, long instances) {
    return rows.stream()
        .filter(row -> row.masters() == masters)
        .min(Comparator.comparing(row -> Math.abs(Math.log((double) row.instances() / instances))))
        .orElseThrow();
  }

  /** Compares the distribution of keys with that of measured work, of the row that worked most. */
  private static List<Share> shares(List<InstancesRow> measured, SlotWork work) {
    InstancesRow row =
        measured.stream()
            .filter(each -> each.masters() > 1)
            .max(Comparator.comparing(each -> each.events() * each.rounds()))
            .orElseThrow();
    return List.of(
        new Share(
            "state store",
            row.masters(),
            work.stateShare(row.masters()),
            row.busiestState() / row.stateCores()),
        new Share(
            "feature store",
            row.masters(),
            work.featureShare(row.masters()),
            row.busiestFeatures() / row.featureCores()));
  }

  private static Need need(
      int times, List<InstancesRow> measured, List<PathCost> groups, List<PathCost> costs) {
    long stores = times * Need.STORES;
    int batch = times == 1 ? SMALL_BATCH : OrderLoad.BATCH_SIZE;
    PathCost cost = growing(cost(costs, stores, batch), measured, Need.eventShards(times));
    return Need.of(times, new SlotWork(works(groups, stores)), cost);
  }

  /** Adds what the state store takes more when so many instances share the entities. */
  private static PathCost growing(PathCost cost, List<InstancesRow> measured, long instances) {
    double one = row(measured, 1, 1).stateMicros();
    return cost.withStateTimes(row(measured, 1, instances).stateMicros() / one);
  }

  /** Returns the cost of these batches in the city that is nearest in size. */
  private static PathCost cost(List<PathCost> costs, long stores, int batch) {
    return costs.stream()
        .filter(cost -> cost.batch() == batch)
        .min(Comparator.comparing(cost -> Math.abs(Math.log((double) cost.stores() / stores))))
        .orElseThrow();
  }
}
