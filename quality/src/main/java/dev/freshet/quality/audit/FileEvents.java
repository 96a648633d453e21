package dev.freshet.quality.audit;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of files, which are taken for all that ever occurred until the last of them. */
public final class FileEvents implements EventScan {

  private final List<EventSource> files;

  public FileEvents(List<EventSource> files) {
    this.files = List.copyOf(files);
  }

  /**
   * @throws UncheckedIOException if a file cannot be read; the message is one line that names it
   */
  @Override
  public long read(Optional<Instant> since, Instant end, Receiver receiver) {
    long events = 0;
    for (EventSource file : files) {
      try (RawEvents reader = file.open()) {
        for (RawEvent event = reader.next(); event != null; event = reader.next()) {
          events++;
          if (!event.isSetAside()) {
            receiver.receive(
                file.stream(), file.file(), ByteBuffer.wrap(event.bytes()), ArrivedEvent.UNKNOWN);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return events;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Optional<Instant> completeFrom(Instant now, boolean forArchived) {
    return Optional.empty();
  }
}
