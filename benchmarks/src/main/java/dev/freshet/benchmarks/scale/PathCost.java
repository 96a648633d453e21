package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.part.Extent;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.result.ResultRecords;
import dev.freshet.stream.OutgoingRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor time that an event takes of each part, in microseconds, of one instance: over all
 * events of the orders' streams, also those that no group reads.
 *
 * @param what the feature groups
 * @param stores of the city; its couriers are twice as many
 * @param subscriber nothing if functions write features themselves
 * @param results of an event
 * @param resultBytes in the stream, of a result
 */
public record PathCost(
    String what,
    int stores,
    int batch,
    long events,
    double function,
    double state,
    double subscriber,
    double features,
    double results,
    double resultBytes) {

  private static final int LARGEST_PIECE = 20_000;
  private static final int FILLING_BATCH = 5_000;
  private static final int MOST_INVOCATIONS = 3_000;

  /** Measures batches of several sizes, over the state of one city that goes on. */
  static List<PathCost> measure(
      String what,
      Stores stores,
      List<FeatureGroup> groups,
      ShardedLoad load,
      int city,
      List<Integer> batches,
      Extent extent) {
    stores.clear();
    List<PathCost> costs = new ArrayList<>();
    try (Instance instance = Instance.of(stores, groups, 1)) {
      int fill = ShardedLoad.EVENTS_OF_ORDER * city;
      for (int filled = 0; filled < fill; filled += LARGEST_PIECE) {
        load.next(LARGEST_PIECE, FILLING_BATCH).forEach(instance::handle);
      }
      for (int batch : batches) {
        int events = Math.min(extent.scaleEvents(), MOST_INVOCATIONS * batch);
        load.next(events / 4, batch).forEach(instance::handle);
        List<Delivery> measured = load.next(events, batch);
        costs.add(measure(what, stores, instance, city, measured, batch));
      }
    }
    return costs;
  }

  private static PathCost measure(
      String what,
      Stores stores,
      Instance instance,
      int city,
      List<Delivery> deliveries,
      int batch) {
    Usage aggregation = Usage.of(stores, () -> deliveries.forEach(instance::aggregate));
    List<OutgoingRecord> results = new ArrayList<>();
    Usage storing = Usage.of(stores, () -> results.addAll(instance.store()));
    long events = (long) deliveries.size() * batch;
    long lines =
        results.stream()
            .mapToLong(each -> ResultRecords.lines(ByteBuffer.wrap(each.data())).size())
            .sum();
    long bytes = results.stream().mapToLong(each -> each.data().length).sum();
    return new PathCost(
        what,
        city,
        batch,
        events,
        aggregation.functions() * 1e6 / events,
        aggregation.stateSum() * 1e6 / events,
        storing.functions() * 1e6 / events,
        (aggregation.featuresSum() + storing.featuresSum()) * 1e6 / events,
        lines / (double) events,
        bytes / (double) Math.max(1, lines));
  }

  /** Returns the cost if the state store takes so many times as long. */
  PathCost withStateTimes(double times) {
    return new PathCost(
        what,
        stores,
        batch,
        events,
        function,
        state * times,
        subscriber,
        features,
        results,
        resultBytes);
  }

  /** Returns the processor time of all parts, in microseconds. */
  public double sum() {
    return function + state + subscriber + features;
  }
}
