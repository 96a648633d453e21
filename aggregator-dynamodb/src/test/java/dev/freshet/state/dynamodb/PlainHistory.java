package dev.freshet.state.dynamodb;

import static dev.freshet.testing.TestEvents.DAY;

import dev.freshet.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/** The features of {@link HistoryGroups#parcels}, computed from a list of all events. */
final class PlainHistory {

  private static final double MICROS = 1e6;

  private final Map<String, Map<String, Event>> entities = new HashMap<>();

  /** Adds an event that is not late; one that arrives twice counts once. */
  void add(String entity, Event event) {
    entities.computeIfAbsent(entity, unseen -> new HashMap<>()).put(event.eventId(), event);
  }

  Iterable<String> entities() {
    return entities.keySet();
  }

  /** Returns the features at an instant, in the order of declaration; NaN for an absent one. */
  double[] features(String entity, long at) {
    long start = Math.floorDiv(at - 30 * DAY, DAY) * DAY;
    double[] ever = summary(entity, time -> time <= at);
    double[] recent = summary(entity, time -> start < time && time <= at);
    return new double[] {ever[0], ever[1], recent[0], recent[1], recent[2]};
  }

  private double[] summary(String entity, LongPredicate isSeen) {
    long[] micros =
        entities.getOrDefault(entity, Map.of()).values().stream()
            .filter(event -> isSeen.test(event.occurredAtMillis()))
            .mapToLong(event -> event.numbers()[0])
            .toArray();
    long sum = 0;
    double max = Double.NaN;
    for (long each : micros) {
      sum += each;
      max = Double.isNaN(max) ? each / MICROS : Math.max(max, each / MICROS);
    }
    return new double[] {micros.length, sum / MICROS, max};
  }
}
