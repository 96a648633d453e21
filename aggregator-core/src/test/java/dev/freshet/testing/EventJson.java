package dev.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the JSON of an event, member by member; values are raw JSON. */
public final class EventJson {

  private static final long REQUESTED_MILLIS = TestEvents.NOON - 3_600_000;

  private final Map<String, String> members = new LinkedHashMap<>();

  private EventJson() {}

  /** Creates an event with the required members. */
  public static EventJson event(String type, String eventId, long occurredAtMillis) {
    return new EventJson()
        .with("eventId", quoted(eventId))
        .with("eventType", quoted(type))
        .with("occurredAt", Long.toString(occurredAtMillis))
        .with("itemId", quoted("item-" + eventId));
  }

  /** Creates a delivery with the time that its worker took to accept. */
  public static EventJson delivery(
      String eventId, long occurredAtMillis, String worker, long acceptSeconds) {
    return event("ITEM_DELIVERED", eventId, occurredAtMillis)
        .with("workerId", quoted(worker))
        .with("requestedAt", Long.toString(REQUESTED_MILLIS))
        .with("acceptedAt", Long.toString(REQUESTED_MILLIS + acceptSeconds * 1_000));
  }

  /** Sets a member. */
  public EventJson with(String member, String rawJson) {
    members.put(member, rawJson);
    return this;
  }

  /** Removes a member. */
  public EventJson without(String member) {
    members.remove(member);
    return this;
  }

  /** Names and raw values, in order. */
  public Map<String, String> members() {
    return members;
  }

  public byte[] bytes() {
    return toString().getBytes(UTF_8);
  }

  /** Returns the record that a function receives; each has a partition key of its own. */
  public StreamRecord record(String sequenceNumber) {
    return record(sequenceNumber, toString());
  }

  /** Returns a record with any text. */
  public static StreamRecord record(String sequenceNumber, String text) {
    ByteBuffer data = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    return new StreamRecord(
        "item-delivered",
        "shardId-000000000003",
        sequenceNumber,
        "item-of-" + sequenceNumber,
        data);
  }

  /** A JSON string; the text itself must need no escape. */
  public static String quoted(String text) {
    return '"' + text + '"';
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
