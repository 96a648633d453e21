package dev.freshet.operations.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.Timestamps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The destination and the times of one event. */
final class EventLine {

  static final String OCCURRED_AT = "occurredAt";

  private static final JsonFactory JSON = new JsonFactory();

  private final String text;
  private final EventStreams streams;
  private final List<Time> times = new ArrayList<>();
  private Optional<String> type = Optional.empty();
  private Optional<String> itemId = Optional.empty();
  private Optional<Instant> occurredAt = Optional.empty();

  private EventLine(String text, EventStreams streams) {
    this.text = text;
    this.streams = streams;
  }

  /**
   * A time in the text of an event.
   *
   * @param start index of the value's first character, the quotation mark included
   * @param end index after the value's last character
   * @param quoted whether the value is a string, not an integer
   */
  private record Time(int start, int end, boolean quoted, long epochMillis) {

    /** Returns the moved time as JSON of the same kind; empty if no function could read it so. */
    Optional<String> movedBy(long offsetMillis) {
      long target = epochMillis + offsetMillis;
      long read = quoted ? Timestamps.within(target) : Timestamps.ofInteger(target);
      return read == Timestamps.UNPARSABLE
          ? Optional.empty()
          : Optional.of(quoted ? '"' + EventTimes.text(read) + '"' : Long.toString(read));
    }
  }

  /** Returns the event in a line; empty if the line is not exactly one JSON object in UTF-8. */
  static Optional<EventLine> parse(byte[] line, EventStreams streams) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      EventLine event = new EventLine(text, streams);
      return event.readObject() ? Optional.of(event) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean readObject() throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        readMember(json);
      }
      return json.nextToken() == null;
    }
  }

  private void readMember(JsonParser json) throws IOException {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    boolean isText = value == JsonToken.VALUE_STRING;
    if (name.equals("eventType")) {
      type = isText ? Optional.of(json.getText()) : type;
    } else if (streams.isItem(name)) {
      boolean isId = isText || value == JsonToken.VALUE_NUMBER_INT;
      itemId = isId ? Optional.of(json.getText()) : Optional.empty();
    } else if (streams.isTime(name) && (isText || value == JsonToken.VALUE_NUMBER_INT)) {
      readTime(name, json, isText);
    }
    json.skipChildren();
  }

  private void readTime(String name, JsonParser json, boolean quoted) throws IOException {
    String value = json.getText();
    long epochMillis = quoted ? Timestamps.parse(value) : Timestamps.parseInteger(value);
    if (epochMillis == Timestamps.UNPARSABLE) {
      return;
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    int end = quoted ? (int) json.currentLocation().getCharOffset() : start + value.length();
    times.add(new Time(start, end, quoted, epochMillis));
    if (name.equals(OCCURRED_AT)) {
      occurredAt = Optional.of(Instant.ofEpochMilli(epochMillis));
    }
  }

  /** Returns the type; empty if it is missing or no text. */
  Optional<String> type() {
    return type;
  }

  /** Returns the stream of the type; empty if no stream has it. */
  Optional<String> stream() {
    return type.flatMap(streams::of);
  }

  Optional<String> itemId() {
    return itemId;
  }

  Optional<Instant> occurredAt() {
    return occurredAt;
  }

  /** Returns the event with all its times moved; every other character stays the same. */
  byte[] movedBy(long offsetMillis) {
    StringBuilder moved = new StringBuilder(text.length() + 8 * times.size());
    int copied = 0;
    for (Time time : times) {
      Optional<String> target = time.movedBy(offsetMillis);
      if (target.isPresent()) {
        moved.append(text, copied, time.start()).append(target.get());
        copied = time.end();
      }
    }
    return moved.append(text, copied, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }
}
