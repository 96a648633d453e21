package dev.freshet.testdriver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.definition.EventType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event to feed, member by member; immutable.
 *
 * <p>The driver fills in missing members: a new {@code eventId}, a new item, and its clock as
 * {@code occurredAt}.
 */
public final class TestEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private final EventType type;
  private final Map<String, Object> members;

  private TestEvent(EventType type, Map<String, Object> members) {
    this.type = type;
    this.members = members;
  }

  public static TestEvent of(EventType type) {
    return new TestEvent(type, Map.of("eventType", type.name()));
  }

  /** Sets {@code eventId}; an event with the same one is a duplicate. */
  public TestEvent id(String eventId) {
    return with("eventId", eventId);
  }

  /** Sets the item id; the events of one item are its stages. */
  public TestEvent item(String itemId) {
    return with(type.item(), itemId);
  }

  /** Sets {@code occurredAt}. */
  public TestEvent at(Instant occurredAt) {
    return with("occurredAt", occurredAt);
  }

  /** Sets an id or a text. */
  public TestEvent with(String member, String text) {
    return set(member, text);
  }

  /** Sets a time. */
  public TestEvent with(String member, Instant time) {
    return set(member, time.toString());
  }

  /** Sets a number. */
  public TestEvent with(String member, long number) {
    return set(member, BigDecimal.valueOf(number));
  }

  /** Sets a number, written with the fewest digits that identify it. */
  public TestEvent with(String member, double number) {
    return set(member, BigDecimal.valueOf(number));
  }

  private TestEvent set(String member, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(members);
    changed.put(member, value);
    return new TestEvent(type, changed);
  }

  /** Returns the event with its missing id, item and time filled in. */
  TestEvent complete(long number, Instant now) {
    return unlessSet("eventId", "event-" + number)
        .unlessSet(type.item(), "item-" + number)
        .unlessSet("occurredAt", now.toString());
  }

  private TestEvent unlessSet(String member, String text) {
    return members.containsKey(member) ? this : with(member, text);
  }

  /** Returns the event as its producer writes it. */
  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> member : members.entrySet()) {
        json.writeFieldName(member.getKey());
        if (member.getValue() instanceof BigDecimal number) {
          json.writeNumber(number.toPlainString());
        } else {
          json.writeString(member.getValue().toString());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }
}
