package dev.freshet.oracle;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** An event as a JSON tree, read with nothing of the code under test. */
public record OracleEvent(JsonNode json) {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public static OracleEvent parse(String line) {
    try {
      return new OracleEvent(MAPPER.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String eventId() {
    return json.get("eventId").asText();
  }

  String type() {
    return json.get("eventType").asText();
  }

  public long occurredAt() {
    return time("occurredAt").orElseThrow();
  }

  public boolean has(String member) {
    return json.hasNonNull(member);
  }

  public String text(String member) {
    return json.get(member).asText();
  }

  OptionalLong time(String member) {
    JsonNode time = json.get(member);
    if (time == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        time.isTextual()
            ? OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli()
            : time.asLong());
  }
}
