package dev.freshet.city;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the tests of the city ask about its events. */
final class CityEvents {

  static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private CityEvents() {}

  static List<JsonNode> members(long seed, int ordersPerMinute, Duration time) {
    SimulatedCity city = new SimulatedCity(seed, ordersPerMinute, START);
    return city.until(START.plus(time)).stream().map(CityEvents::members).toList();
  }

  static JsonNode members(OutgoingEvent event) {
    try {
      return JSON.readTree(event.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every field of the events as text, to compare them. */
  static List<String> texts(List<OutgoingEvent> events) {
    return events.stream()
        .map(
            event ->
                String.join(
                    " ",
                    event.stream(),
                    event.partitionKey(),
                    event.occurredAt().orElseThrow().toString(),
                    new String(event.json(), StandardCharsets.UTF_8)))
        .toList();
  }

  static boolean isA(JsonNode event, String type) {
    return event.get("eventType").asText().equals(type);
  }

  static Instant time(JsonNode event, String member) {
    return Instant.parse(event.get(member).asText());
  }

  static double seconds(JsonNode event, String from, String to) {
    return Duration.between(time(event, from), time(event, to)).toMillis() / 1000.0;
  }
}
