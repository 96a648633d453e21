package dev.freshet.benchmarks.scale;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The needs of a load of all feature groups: computed from the measured costs of an event.
 *
 * @param times the reference load of 100 events a second
 * @param batch events of a batch, by which the cost was measured
 * @param functionCores processors of all functions and the subscriber
 * @param eventShards of all streams of orders
 * @param instances of functions at once: one a shard for each function that reads its stream
 * @param busiestSlotCores of the state store at the peak, which no number of masters divides
 * @param stateMasters by processor time; 0 if no number suffices
 */
public record Need(
    int times,
    double eventsPerSecond,
    int batch,
    long stores,
    double functionCores,
    long eventShards,
    long resultShards,
    long instances,
    int stateMasters,
    int featureMasters,
    double busiestSlotCores) {

  static final double EVENTS = 100;
  static final long STORES = 5_000;

  /** Orders are not spread evenly over a day. */
  private static final double PEAK = 2;

  private static final double RECORDS_OF_SHARD = 1_000;
  private static final double BYTES_OF_SHARD = 1e6;
  private static final int STREAMS = 4;
  private static final int MOST_MASTERS = 500;

  static Need of(int times, SlotWork work, PathCost cost) {
    double events = times * EVENTS;
    double peak = PEAK * events;
    double resultBytes = peak * cost.results() * cost.resultBytes();
    long resultShards = (long) Math.ceil(resultBytes / BYTES_OF_SHARD);
    return new Need(
        times,
        events,
        cost.batch(),
        times * STORES,
        events * (cost.function() + cost.subscriber()) / 1e6,
        eventShards(times),
        resultShards,
        eventShards(times) / STREAMS * readers() + resultShards,
        masters(peak * cost.state() / 1e6, work::stateShare),
        masters(peak * cost.features() / 1e6, work::featureShare),
        peak * cost.state() / 1e6 * work.busiestStateSlot());
  }

  /** Returns the shards of the four streams of orders, by records a second at the peak. */
  static long eventShards(int times) {
    return STREAMS * (long) Math.ceil(PEAK * times * EVENTS / STREAMS / RECORDS_OF_SHARD);
  }

  /** Returns how many functions read the streams of orders, each stream counted. */
  private static long readers() {
    List<FeatureGroup> groups = Catalogue.load().groups();
    return groups.stream().mapToLong(group -> group.eventTypes().size()).sum();
  }

  /** Returns the least number of masters of which the busiest has headroom. */
  static int masters(double cores, IntToDoubleFunction busiestShare) {
    return IntStream.rangeClosed(1, MOST_MASTERS)
        .filter(count -> cores * busiestShare.applyAsDouble(count) <= ClusterRow.HEADROOM)
        .findFirst()
        .orElse(0);
  }
}
