package dev.freshet.local.events;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The events of a file, one after the other; holds one line at a time.
 *
 * <p>A line that is no event of a known type goes to {@code order-created} byte for byte, so that
 * the functions dead-letter it and nothing is lost. Blank lines are skipped. Every method throws
 * {@link EventFileException} where the file turns out to be unreadable, or holds a line that no
 * Kinesis record can carry.
 */
public final class EventReader implements Iterator<OutgoingEvent>, Closeable {

  private final Path file;
  private final EventStreams streams;
  private final LineReader lines;
  private final long offsetMillis;
  private Optional<OutgoingEvent> ahead = Optional.empty();

  EventReader(Path file, EventStreams streams, LineReader lines, long offsetMillis) {
    this.file = file;
    this.streams = streams;
    this.lines = lines;
    this.offsetMillis = offsetMillis;
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
      throw new NoSuchElementException("no more events in '%s'".formatted(file));
    }
    OutgoingEvent event = ahead.orElseThrow();
    ahead = Optional.empty();
    return event;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Optional<OutgoingEvent> readEvent() {
    try {
      byte[] line = lines.readLine();
      while (line != null && isBlank(line)) {
        line = lines.readLine();
      }
      return Optional.ofNullable(line).map(this::event);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private OutgoingEvent event(byte[] line) {
    Optional<EventLine> event = EventLineParser.parse(line, streams);
    OutgoingEvent outgoing =
        event
            .filter(known -> known.stream().isPresent())
            .map(known -> known(known, line))
            .orElseGet(() -> unknown(key(event.flatMap(EventLine::orderId)), line));
    if (outgoing.sizeBytes() > OutgoingEvent.LARGEST_RECORD_BYTES) {
      throw tooLong(null);
    }
    return outgoing;
  }

  private OutgoingEvent known(EventLine event, byte[] line) {
    return new OutgoingEvent(
        event.stream().orElseThrow(),
        key(event.orderId()),
        offsetMillis == 0 ? line : event.movedBy(offsetMillis),
        event.occurredAt().map(time -> time.plusMillis(offsetMillis)));
  }

  private static OutgoingEvent unknown(String key, byte[] line) {
    return new OutgoingEvent(OrderEventType.ORDER_CREATED.stream(), key, line, Optional.empty());
  }

  private String key(Optional<String> orderId) {
    return orderId
        .filter(id -> !id.isEmpty() && id.length() <= OutgoingEvent.LONGEST_KEY)
        .orElseGet(() -> "line-" + lines.lineNumber());
  }

  private static boolean isBlank(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1).isBlank();
  }

  private EventFileException failure(IOException e) {
    return e instanceof LineReader.LineTooLongException
        ? tooLong(e)
        : new EventFileException(file, reason(e) + ", after line " + lines.lineNumber(), e);
  }

  private EventFileException tooLong(Throwable cause) {
    String reason =
        "line %d is over 1 MiB, the most that a Kinesis record holds; shorten or remove it";
    return new EventFileException(file, reason.formatted(lines.lineNumber()), cause);
  }

  static String reason(IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? "corrupt gzip (%s)".formatted(e.getMessage())
        : String.valueOf(e.getMessage());
  }
}
