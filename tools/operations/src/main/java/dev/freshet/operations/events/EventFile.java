package dev.freshet.operations.events;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A file of events. Every method throws {@link UncheckedIOException} with a message of one line if
 * the file cannot be read, or is no file of events.
 */
public record EventFile(EventSource source, EventStreams streams) {

  /** Fails if the file cannot be read. Does not touch a pipe, which can be read only once. */
  public void requireReadable() {
    if (!canBeReadOnlyOnce()) {
      open().close();
    }
  }

  /** Opens the file with the times of events unchanged; the caller closes the reader. */
  public EventReader open() {
    return openShiftedBy(Duration.ZERO, raw -> {});
  }

  /**
   * Opens the file with an offset in whole milliseconds added to each time of an event; the caller
   * closes the reader. An offset of zero changes no byte.
   *
   * @param judge gets each event as it is put, and those that are left out
   */
  public EventReader openShiftedBy(Duration offset, Consumer<RawEvent> judge) {
    try {
      return new EventReader(source, source.open(), streams, offset.toMillis(), judge);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Reads the whole file, and returns the times of the events of known types. */
  public EventTimeline timeline() {
    if (canBeReadOnlyOnce()) {
      String reason = "cannot read %s: not a regular file; a shift has to read it twice";
      throw new UncheckedIOException(new IOException(reason.formatted(source.file())));
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
    return Files.exists(source.path())
        && !Files.isRegularFile(source.path())
        && !Files.isDirectory(source.path());
  }

  @Override
  public String toString() {
    return source.file();
  }
}
