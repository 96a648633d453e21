package dev.freshet.operations.events;

import dev.freshet.event.Quote;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.Place;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the events of a file, each with the stream that it goes to.
 *
 * <p>Everything that is not an event of a known type goes unchanged to the stream of the file, or
 * else of the first type, so that the functions make dead letters of it and nothing is lost. An
 * event that is too large for Kinesis is left out. Every method throws {@link UncheckedIOException}
 * if the file cannot be read.
 */
public final class EventReader implements Iterator<OutgoingEvent>, Closeable {

  private final EventSource source;
  private final RawEvents reader;
  private final EventStreams streams;
  private final long offsetMillis;
  private final Consumer<RawEvent> judge;
  private Optional<OutgoingEvent> ahead = Optional.empty();
  private Place place = new Place(1, 1);
  private long ofNoStream;
  private String firstOfNoStream = "";

  EventReader(
      EventSource source,
      RawEvents reader,
      EventStreams streams,
      long offsetMillis,
      Consumer<RawEvent> judge) {
    this.source = source;
    this.reader = reader;
    this.streams = streams;
    this.offsetMillis = offsetMillis;
    this.judge = judge;
  }

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty()) {
      ahead = readEvent();
    }
    return ahead.isPresent();
  }

  @Override
  public OutgoingEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more events in '%s'".formatted(source.file()));
    }
    OutgoingEvent event = ahead.orElseThrow();
    ahead = Optional.empty();
    return event;
  }

  /** Returns the position in the file of the last event. */
  Place place() {
    return place;
  }

  /** Returns a line with the number of events whose type has no stream; empty for none. */
  public Optional<String> ofNoStream() {
    return ofNoStream == 0
        ? Optional.empty()
        : Optional.of(
            "events of a type that no feature group declares: %d, first %s"
                .formatted(ofNoStream, firstOfNoStream));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Optional<OutgoingEvent> readEvent() {
    try {
      for (RawEvent raw = reader.next(); raw != null; raw = reader.next()) {
        place = raw.place();
        if (raw.isSetAside()) {
          judge.accept(raw);
          continue;
        }
        OutgoingEvent event = event(raw.bytes());
        boolean fits = event.sizeBytes() <= OutgoingEvent.LARGEST_RECORD_BYTES;
        judge.accept(
            new RawEvent(event.json(), fits ? event.json().length : event.sizeBytes(), place));
        if (fits) {
          return Optional.of(event);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private OutgoingEvent event(byte[] json) {
    Optional<EventLine> event = streams.parse(json, source.stream());
    String key = key(event.flatMap(EventLine::key));
    if (event.isPresent() && event.get().isKnown()) {
      EventLine known = event.get();
      return new OutgoingEvent(
          source.stream().isEmpty() ? known.type().stream() : source.stream(),
          key,
          offsetMillis == 0 ? json : known.movedBy(offsetMillis),
          known.occurredAt().map(time -> time.plusMillis(offsetMillis)));
    }
    if (source.stream().isEmpty()) {
      event.map(EventLine::typeName).ifPresent(this::countOfNoStream);
    }
    return new OutgoingEvent(otherwise(), key, json, Optional.empty());
  }

  private String otherwise() {
    return source.stream().isEmpty() ? streams.otherwise() : source.stream();
  }

  private void countOfNoStream(String type) {
    if (ofNoStream++ == 0) {
      firstOfNoStream = "%s %s: %s".formatted(source.file(), place, Quote.of(type));
    }
  }

  private String key(Optional<String> id) {
    return id.filter(text -> !text.isEmpty() && text.length() <= OutgoingEvent.LONGEST_KEY)
        .orElseGet(() -> place.toString().replace(' ', '-'));
  }
}
