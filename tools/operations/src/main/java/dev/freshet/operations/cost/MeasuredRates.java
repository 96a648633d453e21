package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The rates of a running platform, from its counters.
 *
 * @param load its events, and what it made of each
 * @param eventsInBatch the mean of all functions with feature groups
 */
public record MeasuredRates(Load load, double eventsInBatch) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Asks a running platform.
   *
   * @param address of its counters, without a path
   * @throws IOException if it does not answer, or has processed no event yet
   */
  public static MeasuredRates from(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/counters")).timeout(TIMEOUT).build();
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
      return of(JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new IOException(
          "%s: %s; start ./freshet local, or give the address that it prints"
              .formatted(request.uri(), e.getMessage() == null ? "no connection" : e.getMessage()),
          e);
    }
  }

  /**
   * Returns the rates between two answers of {@code /api/counters}; empty if no event was processed
   * between them.
   */
  public static Optional<MeasuredRates> between(JsonNode before, JsonNode now) {
    try {
      return Optional.of(of(CountersBetween.of(before, now)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the answer of {@code /api/counters}. */
  static MeasuredRates of(JsonNode counters) throws IOException {
    Map<String, JsonNode> slowest = new HashMap<>();
    double invocations = 0;
    double given = 0;
    for (JsonNode mapping : counters.path("mappings")) {
      String stream = mapping.path("stream").asText();
      if (!List.of(DeclaredStage.RESULTS, DeclaredStage.DEAD_LETTERS).contains(stream)) {
        slowest.merge(stream, mapping, MeasuredRates::fewer);
        invocations += mapping.path("invocations").asDouble();
        given += mapping.path("records").asDouble();
      }
    }
    double events = sum(slowest, "records");
    if (events == 0) {
      throw new IOException("no event has been processed yet");
    }
    return new MeasuredRates(load(counters, slowest, events), given / invocations);
  }

  /** Returns the stage with batches as large as measured. */
  public Variant variant() {
    return new Variant(
        "measured",
        "batches as large as those that were measured, sized for the load",
        Map.of("sizes", "needed", "events-in-batch", Double.toString(eventsInBatch)));
  }

  private static Load load(JsonNode counters, Map<String, JsonNode> streams, double events) {
    double seconds =
        Duration.between(
                    Instant.parse(counters.path("since").asText()),
                    Instant.parse(counters.path("at").asText()))
                .toMillis()
            / 1e3;
    Map<String, Double> shares = new HashMap<>();
    streams.forEach(
        (stream, mapping) -> shares.put(stream, mapping.path("records").asDouble() / events));
    double results = counters.path("results").asDouble();
    JsonNode stored = resultsOf(counters);
    double recalculated = stored.path("recalculated").asDouble();
    double hours = seconds / 3_600;
    return new Load(
        events / seconds,
        shares,
        sum(streams, "bytes") / events,
        stored.path("bytes").asDouble() / Math.max(1, results),
        recalculated / events,
        new Load.Measured(
            OptionalDouble.of((results - recalculated) / events),
            OptionalDouble.of(counters.at("/recalculation/transitions").asDouble() / hours),
            counters.has("historyWrites")
                ? OptionalDouble.of(counters.path("historyWrites").asDouble() / events)
                : OptionalDouble.empty()));
  }

  private static JsonNode resultsOf(JsonNode counters) {
    for (JsonNode mapping : counters.path("mappings")) {
      if (mapping.path("stream").asText().equals(DeclaredStage.RESULTS)) {
        return mapping;
      }
    }
    return JSON.createObjectNode();
  }

  private static JsonNode fewer(JsonNode left, JsonNode right) {
    return left.path("records").asLong() <= right.path("records").asLong() ? left : right;
  }

  private static double sum(Map<String, JsonNode> mappings, String counter) {
    return mappings.values().stream().mapToDouble(each -> each.path(counter).asDouble()).sum();
  }
}
