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
 * An event to feed, member by member; immutable. A dot in a member goes into an object: {@code
 * card.id}.
 *
 * <p>The driver fills in what the event format requires and is missing: a new id, and its clock as
 * the time.
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
    String path = type.format().type();
    return new TestEvent(type, path.isEmpty() ? Map.of() : Map.of(path, type.name()));
  }

  /** Sets the id; an event with the same one is a duplicate. */
  public TestEvent id(String eventId) {
    return with(type.format().id().get(0), eventId);
  }

  /** Sets the time at which the event occurred. */
  public TestEvent at(Instant occurredAt) {
    return set(type.format().occurredAt(), time(occurredAt));
  }

  /** Sets an id or a text. */
  public TestEvent with(String member, String text) {
    return set(member, text);
  }

  /** Sets a time. */
  public TestEvent with(String member, Instant time) {
    return set(member, time(time));
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

  /** Sets {@code true} or {@code false}. */
  public TestEvent with(String member, boolean flag) {
    return set(member, flag);
  }

  /** Returns a time as the producer of the event writes it. */
  private Object time(Instant instant) {
    return switch (type.format().time().unit()) {
      case TEXT, TEXT_OR_MILLIS -> instant.toString();
      case SECONDS -> BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
      case MILLIS -> BigDecimal.valueOf(instant.toEpochMilli());
      case MICROS -> BigDecimal.valueOf(instant.toEpochMilli()).movePointRight(3);
    };
  }

  /** Returns the event with its missing id, required members and time filled in. */
  TestEvent complete(long number, Instant now) {
    TestEvent complete = this;
    for (String path : type.format().id()) {
      complete = complete.unlessSet(path, "event-" + number);
    }
    for (String path : type.format().required()) {
      complete = complete.unlessSet(path, "item-" + number);
    }
    return complete.unlessSet(type.format().occurredAt(), time(now));
  }

  private TestEvent unlessSet(String member, Object value) {
    return members.containsKey(member) ? this : set(member, value);
  }

  /** The stream that carries the event. */
  String stream() {
    return type.stream();
  }

  /** Returns the event as its producer writes it. */
  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, nested());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** Returns the members as objects within objects, as their paths say. */
  @SuppressWarnings("unchecked")
  private Map<String, Object> nested() {
    Map<String, Object> event = new LinkedHashMap<>();
    members.forEach(
        (path, value) -> {
          Map<String, Object> object = event;
          String[] names = path.split("\\.");
          for (int i = 0; i < names.length - 1; i++) {
            object =
                (Map<String, Object>)
                    object.computeIfAbsent(names[i], unseen -> new LinkedHashMap<>());
          }
          object.put(names[names.length - 1], value);
        });
    return event;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number.toPlainString());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }
}
