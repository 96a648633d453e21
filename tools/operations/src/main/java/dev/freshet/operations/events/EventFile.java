package dev.freshet.operations.events;

import dev.freshet.replay.events.EventFileReader;
import dev.freshet.replay.events.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A file of events. Every method throws {@link UncheckedIOException} with a message of one line if
 * the file cannot be read, or is no file of events.
 */
public final class EventFile {

  private final Path file;
  private final EventStreams streams;

  /** A file of events of these streams. */
  public EventFile(Path file, EventStreams streams) {
    this.file = file;
    this.streams = streams;
  }

  /** Fails if the file cannot be read; of what can be read only once, nothing is taken. */
  public void requireReadable() {
    if (!canBeReadOnlyOnce()) {
      open().close();
    }
  }

  /** Reads the events as they are; the caller closes the reader. */
  public EventReader open() {
    return openShiftedBy(Duration.ZERO, raw -> {});
  }

  /**
   * Reads the events with an offset, in whole milliseconds, added to each of their times; the
   * caller closes the reader. Zero leaves every byte of an event as it is.
   *
   * @param judge sees each event as it goes out, and those that are set aside
   */
  public EventReader openShiftedBy(Duration offset, Consumer<RawEvent> judge) {
    try {
      EventFileReader reader = new EventFileReader(file);
      return new EventReader(file, reader, streams, offset.toMillis(), judge);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** When the events of known types happened. Reads the whole file. */
  public EventTimeline timeline() {
    if (canBeReadOnlyOnce()) {
      String reason = "cannot read %s: not a regular file; a shift has to read it twice";
      throw new UncheckedIOException(new IOException(reason.formatted(file)));
    }
    EventTimeline timeline = new EventTimeline();
    try (EventReader events = open()) {
      while (events.hasNext()) {
        OutgoingEvent event = events.next();
        event.occurredAt().ifPresent(time -> timeline.add(time.toEpochMilli(), events.place()));
      }
    }
    return timeline;
  }

  private boolean canBeReadOnlyOnce() {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
