package dev.freshet.operations.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The events of a stage.
 *
 * @param eventsPerSecond of all streams
 * @param shares the part of each stream, one in all
 * @param eventBytes the mean size of an event
 * @param resultBytes the mean size of a result
 * @param recalculatedAnEvent results of recalculation for each event
 * @param measured what a run of the platform measured, instead of the figures
 */
public record Load(
    double eventsPerSecond,
    Map<String, Double> shares,
    double eventBytes,
    double resultBytes,
    double recalculatedAnEvent,
    Measured measured) {

  /**
   * Rates for each event, as a running platform has counted them.
   *
   * @param results results of events for each event
   * @param transitions state transitions of recalculation in an hour
   * @param historyWrites writes to DynamoDB for each event
   */
  public record Measured(
      OptionalDouble results, OptionalDouble transitions, OptionalDouble historyWrites) {

    static final Measured NOTHING =
        new Measured(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * Returns a load with the sizes of the reference catalogue.
   *
   * @param known the shares of streams; if they lack one of these, all have the same
   */
  public static Load of(double eventsPerSecond, List<String> streams, Map<String, Double> known) {
    Figures figures = Figures.load();
    boolean allKnown = known.keySet().containsAll(streams);
    Map<String, Double> shares = new HashMap<>();
    streams.forEach(
        stream -> shares.put(stream, allKnown ? known.get(stream) : 1.0 / streams.size()));
    return new Load(
        eventsPerSecond,
        shares,
        figures.of("/event/bytes"),
        figures.of("/result/bytes"),
        figures.of("/result/recalculatedAnEvent"),
        Measured.NOTHING);
  }

  /** Returns the same events, so many times as many of them. */
  public Load times(double factor) {
    return new Load(
        eventsPerSecond * factor, shares, eventBytes, resultBytes, recalculatedAnEvent, measured);
  }

  double eventsOf(String stream) {
    return eventsPerSecond * shares.getOrDefault(stream, 0.0);
  }
}
