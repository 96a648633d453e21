package dev.freshet.contract;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;

import dev.freshet.event.Event;
import dev.freshet.state.KeyState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * The slow and obvious model of the timelines of {@code TestGroups}: keeps every event for ever,
 * and computes the features at an instant from all of them.
 */
abstract class NaiveTimeline {

  static final long NEVER = KeyState.FOREVER;

  private final Map<String, Event> events = new LinkedHashMap<>();

  void add(Event event) {
    events.putIfAbsent(event.eventId(), event);
  }

  abstract Map<String, Double> featuresOf(Iterable<Event> all, long at);

  abstract long[] offsets();

  Map<String, Double> features(long at) {
    return featuresOf(events.values(), at);
  }

  /** The first of all instants at which anything could change at which something does. */
  long validUntil(long at) {
    TreeSet<Long> instants = new TreeSet<>();
    for (Event event : events.values()) {
      for (long offset : offsets()) {
        instants.add(event.occurredAtMillis() + offset);
      }
    }
    Map<String, Double> now = features(at);
    return instants.tailSet(at, false).stream()
        .filter(instant -> !features(instant).equals(now))
        .findFirst()
        .orElse(NEVER);
  }

  /** What {@code TestGroups.demand()} declares. */
  static final class Demand extends NaiveTimeline {
    @Override
    Map<String, Double> featuresOf(Iterable<Event> all, long at) {
      Map<String, Double> features = new LinkedHashMap<>();
      for (int minutes : new int[] {1, 5, 60}) {
        features.put("created_" + minutes + "m", (double) in(all, at, minutes).size());
      }
      BigDecimal sum = BigDecimal.ZERO;
      int carriers = 0;
      for (Event event : in(all, at, 60)) {
        if (event.numbers()[0] != Event.NO_VALUE) {
          sum = sum.add(BigDecimal.valueOf(event.numbers()[0], 6));
          carriers++;
        }
      }
      features.put("amount_sum_60m", sum.doubleValue());
      if (carriers > 0) {
        BigDecimal mean = sum.divide(BigDecimal.valueOf(carriers), MathContext.DECIMAL128);
        features.put("amount_mean_60m", mean.doubleValue());
      }
      return features;
    }

    private static List<Event> in(Iterable<Event> all, long at, int minutes) {
      List<Event> found = new ArrayList<>();
      for (Event event : all) {
        long occurredAt = event.occurredAtMillis();
        if (at - minutes * MINUTE < occurredAt && occurredAt <= at) {
          found.add(event);
        }
      }
      return found;
    }

    @Override
    long[] offsets() {
      return new long[] {0, MINUTE, 5 * MINUTE, 60 * MINUTE};
    }
  }

  /** What {@code TestGroups.itemStages()} declares. */
  static final class Items extends NaiveTimeline {
    private static final int CREATED = 0;
    private static final int PICKED = 1;
    private static final int DELIVERED = 2;
    private static final int CANCELLED = 3;

    @Override
    Map<String, Double> featuresOf(Iterable<Event> all, long at) {
      Map<String, long[]> items = new HashMap<>();
      for (Event event : all) {
        long[] times =
            items.computeIfAbsent(
                event.texts()[0], unknown -> new long[] {NEVER, NEVER, NEVER, NEVER});
        times[event.type()] = Math.min(times[event.type()], event.occurredAtMillis());
      }
      Map<String, Double> features = new LinkedHashMap<>();
      features.put("created_5m", count(items, CREATED, t -> at - 5 * MINUTE < t && t <= at));
      features.put("created_30m", count(items, CREATED, t -> at - 30 * MINUTE < t && t <= at));
      features.put("picked_30m", count(items, PICKED, t -> at - 30 * MINUTE < t && t <= at));
      features.put("unpicked", open(items, at, PICKED, DELIVERED, CANCELLED));
      features.put("undelivered", open(items, at, DELIVERED, CANCELLED));
      return features;
    }

    private static double count(Map<String, long[]> items, int stage, LongPredicate inWindow) {
      return items.values().stream().filter(times -> inWindow.test(times[stage])).count();
    }

    private static double open(Map<String, long[]> items, long at, int... ends) {
      double open = 0;
      for (long[] times : items.values()) {
        boolean counts = at - 3 * HOUR < times[CREATED] && times[CREATED] <= at;
        for (int end : ends) {
          counts &= times[end] > at;
        }
        open += counts ? 1 : 0;
      }
      return open;
    }

    @Override
    long[] offsets() {
      return new long[] {0, 5 * MINUTE, 30 * MINUTE, 3 * HOUR};
    }
  }
}
