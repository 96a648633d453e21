package dev.freshet.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Value;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Made-up events of a feature group: one of each type that it reads, about one entity. */
public final class SampleEvents {

  private static final String ID = "@priming";
  private static final Duration TOOK = Duration.ofMinutes(1);

  private SampleEvents() {}

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
                    type.stream(), ID, "0", ID, ByteBuffer.wrap(json(group, type, occurredAt))))
        .toList();
  }

  private static byte[] json(FeatureGroup group, EventType type, Instant occurredAt) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put(group.dimension().member(), quoted(ID));
    group.value().ifPresent(value -> members.putAll(membersOf(value, occurredAt)));
    members.put("eventId", quoted(type.name() + occurredAt));
    members.put("eventType", quoted(type.name()));
    members.put("occurredAt", quoted(occurredAt.toString()));
    members.put(type.item(), quoted(ID));
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(joining(",", "{", "}"))
        .getBytes(UTF_8);
  }

  private static Map<String, String> membersOf(Value value, Instant until) {
    if (value instanceof Value.Seconds seconds) {
      return Map.of(
          seconds.fromMember(), quoted(until.minus(TOOK).toString()),
          seconds.toMember(), quoted(until.toString()));
    }
    return value.members().stream().collect(toMap(Function.identity(), member -> "1"));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
