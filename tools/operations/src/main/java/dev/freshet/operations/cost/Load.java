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
   * Returns the load of the reference catalogue; streams that this does not know share the events
   * equally.
   */
  public static Load reference(double eventsPerSecond, List<String> streams) {
    Figures figures = Figures.load();
    Map<String, Double> shares = new HashMap<>();
    boolean known = streams.stream().allMatch(each -> figures.of("/shares", each).isPresent());
    for (String stream : streams) {
      shares.put(
          stream, known ? figures.of("/shares", stream).orElseThrow() : 1.0 / streams.size());
    }
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
