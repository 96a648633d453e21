package dev.freshet.local.events;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A file of events: one JSON object a line, gzipped or not (told by its content, not its name). */
public final class EventFile {

  private static final int GZIP_BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final EventStreams streams;

  /** A file of events of orders. */
  public EventFile(Path file) {
    this(file, EventStreams.OF_ORDERS);
  }

  /** A file of events of these streams. */
  public EventFile(Path file, EventStreams streams) {
    this.file = file;
    this.streams = streams;
  }

  /**
   * Reads the events as they are; the caller closes the reader.
   *
   * @throws EventFileException if the file cannot be read
   */
  public EventReader open() {
    return openShiftedBy(Duration.ZERO);
  }

  /**
   * Reads the events with an offset, in whole milliseconds, added to each of their times; the
   * caller closes the reader. Zero leaves every byte of a line as it is.
   *
   * @throws EventFileException if the file cannot be read
   */
  public EventReader openShiftedBy(Duration offset) {
    LineReader lines = new LineReader(content(), OutgoingEvent.LARGEST_RECORD_BYTES);
    return new EventReader(file, streams, lines, offset.toMillis());
  }

  /**
   * The offset that makes the newest event of the file happen at {@code now}: zero if no event of a
   * known type says when it happened. Reads the whole file.
   *
   * @throws EventFileException if the file cannot be read, or not twice because it is a pipe
   */
  public Duration offsetTo(Instant now) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new EventFileException(file, "not a regular file; a shift has to read it twice");
    }
    Instant end = now.truncatedTo(ChronoUnit.MILLIS);
    return newestOccurredAt().map(newest -> Duration.between(newest, end)).orElse(Duration.ZERO);
  }

  private Optional<Instant> newestOccurredAt() {
    Instant newest = Instant.MIN;
    try (EventReader events = open()) {
      while (events.hasNext()) {
        Instant occurredAt = events.next().occurredAt().orElse(Instant.MIN);
        newest = occurredAt.isAfter(newest) ? occurredAt : newest;
      }
    }
    return Optional.of(newest).filter(time -> !time.equals(Instant.MIN));
  }

  private InputStream content() {
    if (Files.isDirectory(file)) {
      throw new EventFileException(file, "it is a directory");
    }
    try {
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
      return isGzip(bytes) ? new GZIPInputStream(bytes, GZIP_BUFFER_BYTES) : bytes;
    } catch (NoSuchFileException e) {
      throw new EventFileException(file, "no such file", e);
    } catch (AccessDeniedException e) {
      throw new EventFileException(file, "permission denied", e);
    } catch (IOException e) {
      throw new EventFileException(file, EventReader.reason(e), e);
    }
  }

  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1F && bytes.read() == 0x8B;
    bytes.reset();
    return gzip;
  }
}
