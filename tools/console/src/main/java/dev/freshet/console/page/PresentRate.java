package dev.freshet.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.operations.cost.MeasuredRates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The rate of a running platform over the last minute, from its counters. */
public final class PresentRate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SPAN = Duration.ofMinutes(1);

  private final Supplier<Map<String, Object>> counters;
  private final Deque<JsonNode> earlier = new ArrayDeque<>();

  /**
   * @param counters as {@code /api/counters} has them
   */
  public PresentRate(Supplier<Map<String, Object>> counters) {
    this.counters = counters;
    this.earlier.add(JSON.valueToTree(counters.get()));
  }

  /**
   * Returns the rate over the last minute, and at first since the start; empty if no event was
   * processed.
   */
  public synchronized Optional<CostPage.Rate> read() {
    JsonNode now = JSON.valueToTree(counters.get());
    JsonNode start = start(now);
    earlier.addLast(now);
    String note =
        "as measured in the last %d s: events, their sizes and streams, batches, results, recalculation and writes of history"
            .formatted(Duration.between(at(start), at(now)).toSeconds());
    return MeasuredRates.between(start, now)
        .map(rates -> new CostPage.Rate(rates.load(), rates.variant(), note));
  }

  /** Returns the newest counters that are as old as the span, or else the oldest ones. */
  private JsonNode start(JsonNode now) {
    Instant latest = at(now).minus(SPAN);
    JsonNode start = earlier.removeFirst();
    while (!earlier.isEmpty() && !at(earlier.getFirst()).isAfter(latest)) {
      start = earlier.removeFirst();
    }
    earlier.addFirst(start);
    return start;
  }

  private static Instant at(JsonNode counters) {
    return Instant.parse(counters.path("at").asText());
  }
}
