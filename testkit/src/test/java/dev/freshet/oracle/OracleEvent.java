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
 * a CloudEvent, or says in an object {@code meta} what it is; then its times are in microseconds.
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

  private boolean isCloudEvent() {
    return json.has("specversion");
  }

  String eventId() {
    return isCloudEvent() ? text("source") + "|" + text("id") : text(own("eventId", "", "meta.id"));
  }

  String type() {
    return text(own("eventType", "type", "meta.type"));
  }

  public long occurredAt() {
    return time(own("occurredAt", "time", "meta.at")).orElseThrow();
  }

  private String own(String reference, String cloud, String meta) {
    return isCloudEvent() ? cloud : hasMeta() ? meta : reference;
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
