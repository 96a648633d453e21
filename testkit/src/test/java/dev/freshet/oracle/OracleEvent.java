package dev.freshet.oracle;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/**
 * An event as a JSON tree, read with nothing of the code under test. It is in the reference format,
 * or says in an object {@code meta} what it is; then its times are in microseconds.
 */
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

  private boolean hasMeta() {
    return json.has("meta");
  }

  String eventId() {
    return text(hasMeta() ? "meta.id" : "eventId");
  }

  String type() {
    return text(hasMeta() ? "meta.type" : "eventType");
  }

  public long occurredAt() {
    return time(hasMeta() ? "meta.at" : "occurredAt").orElseThrow();
  }

  public boolean has(String path) {
    return !at(path).isMissingNode() && !at(path).isNull();
  }

  public String text(String path) {
    return at(path).asText();
  }

  private JsonNode at(String path) {
    return json.at("/" + path.replace('.', '/'));
  }

  OptionalLong time(String path) {
    if (!has(path)) {
      return OptionalLong.empty();
    }
    JsonNode time = at(path);
    if (time.isTextual()) {
      return OptionalLong.of(OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli());
    }
    return OptionalLong.of(hasMeta() ? Math.floorDiv(time.asLong(), 1_000) : time.asLong());
  }
}
