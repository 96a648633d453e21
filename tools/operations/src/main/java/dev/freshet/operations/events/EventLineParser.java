package dev.freshet.operations.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.Timestamps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses one event. An instance parses a single line. */
final class EventLineParser {

  private static final JsonFactory JSON = new JsonFactory();

  private final String text;
  private final EventStreams streams;
  private final List<EventLine.Time> times = new ArrayList<>();
  private Optional<String> type = Optional.empty();
  private Optional<String> itemId = Optional.empty();
  private Optional<Instant> occurredAt = Optional.empty();

  private EventLineParser(String text, EventStreams streams) {
    this.text = text;
    this.streams = streams;
  }

  /** Returns the event in a line; empty if the line is not exactly one JSON object in UTF-8. */
  static Optional<EventLine> parse(byte[] line, EventStreams streams) {
    try {
      return new EventLineParser(utf8(line), streams).object();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String utf8(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  private Optional<EventLine> object() throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        member(json);
      }
      boolean nothingFollows = json.nextToken() == null;
      return Optional.of(
              new EventLine(text, type, type.flatMap(streams::of), itemId, occurredAt, times))
          .filter(event -> nothingFollows);
    }
  }

  private void member(JsonParser json) throws IOException {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    if (name.equals("eventType")) {
      type = value == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : type;
    } else if (streams.isItem(name)) {
      itemId = isId(value) ? Optional.of(json.getText()) : Optional.empty();
    } else if (streams.isTime(name)) {
      time(json).ifPresent(time -> keep(name, time));
    }
    json.skipChildren();
  }

  private static boolean isId(JsonToken value) {
    return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
  }

  private void keep(String name, EventLine.Time time) {
    times.add(time);
    if (name.equals(EventLine.OCCURRED_AT)) {
      occurredAt = Optional.of(Instant.ofEpochMilli(time.epochMillis()));
    }
  }

  private static Optional<EventLine.Time> time(JsonParser json) throws IOException {
    boolean quoted = json.currentToken() == JsonToken.VALUE_STRING;
    if (!quoted && json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return Optional.empty();
    }
    String value = json.getText();
    long epochMillis = quoted ? Timestamps.parse(value) : Timestamps.parseInteger(value);
    if (epochMillis == Timestamps.UNPARSABLE) {
      return Optional.empty();
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    int end = quoted ? (int) json.currentLocation().getCharOffset() : start + value.length();
    return Optional.of(new EventLine.Time(start, end, quoted, epochMillis));
  }
}
