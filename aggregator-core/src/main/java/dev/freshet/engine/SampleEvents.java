package dev.freshet.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Made-up events of a feature group: one of each type that it reads, about one entity. */
public final class SampleEvents {

  private static final String ID = "@priming";
  private static final Duration TOOK = Duration.ofMinutes(1);

  private final FeatureGroup group;
  private final EventType type;
  private final Instant occurredAt;
  private final Map<String, Object> event = new LinkedHashMap<>();

  private SampleEvents(FeatureGroup group, EventType type, Instant occurredAt) {
    this.group = group;
    this.type = type;
    this.occurredAt = occurredAt;
  }

  /**
   * Returns a batch of records.
   *
   * @param occurredAt the time of all events
   */
  public static List<StreamRecord> of(FeatureGroup group, Instant occurredAt) {
    return group.eventTypes().stream()
        .map(
            type ->
                new StreamRecord(
                    type.stream(),
                    ID,
                    "0",
                    ID,
                    ByteBuffer.wrap(new SampleEvents(group, type, occurredAt).json())))
        .toList();
  }

  private byte[] json() {
    EventFormat format = type.format();
    group.dimension().members().forEach(path -> putInput(path, quoted(ID)));
    group.columns().filters().stream()
        .flatMap(filter -> filter.inputs().stream())
        .forEach(this::put);
    group.columns().numbers().forEach(this::put);
    group.columns().texts().forEach(this::put);
    format.required().forEach(path -> put(path, quoted(ID)));
    format.id().forEach(path -> put(path, quoted(type.name() + occurredAt)));
    if (format.layout() == EventFormat.Layout.DEBEZIUM) {
      put("op", quoted("c"));
    }
    if (!format.isTypeOfStream()) {
      put(format.type(), quoted(type.name()));
    }
    put(format.occurredAt(), time(format.time(), occurredAt));
    return text(event).getBytes(UTF_8);
  }

  private void put(Input input) {
    TimeFormat unit = type.format().time();
    if (input instanceof Input.Seconds seconds) {
      TimeFormat own = seconds.time() == null ? unit : seconds.time();
      putInput(seconds.from(), time(own, occurredAt.minus(TOOK)));
      putInput(seconds.to(), time(own, occurredAt));
    } else if (input instanceof Input.Instant instant) {
      putInput(instant.path(), time(instant.time() == null ? unit : instant.time(), occurredAt));
    } else {
      String sample = input instanceof Input.Flag ? "true" : input.isText() ? quoted(ID) : "1";
      input.paths().forEach(path -> putInput(path, sample));
    }
  }

  /** Inputs of change events stand in the changed row. */
  private void putInput(String path, String json) {
    boolean isRow = type.format().layout() == EventFormat.Layout.DEBEZIUM;
    put(isRow ? "after." + path : path, json);
  }

  @SuppressWarnings("unchecked")
  private void put(String path, String json) {
    Map<String, Object> object = event;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      object =
          (Map<String, Object>) object.computeIfAbsent(names[i], unseen -> new LinkedHashMap<>());
    }
    object.put(names[names.length - 1], json);
  }

  private static String time(TimeFormat format, Instant instant) {
    return switch (format.unit()) {
      case TEXT, TEXT_OR_MILLIS -> quoted(instant.toString());
      case SECONDS -> Long.toString(instant.getEpochSecond());
      case MILLIS -> Long.toString(instant.toEpochMilli());
      case MICROS -> Long.toString(instant.toEpochMilli() * 1_000);
    };
  }

  private static String text(Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      return (String) value;
    }
    return object.entrySet().stream()
        .map(member -> quoted((String) member.getKey()) + ":" + text(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
