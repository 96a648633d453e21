package dev.freshet.local.events;

import java.nio.file.Path;

/** An events file cannot be read; the message is one line that names the file and the reason. */
public final class EventFileException extends RuntimeException {

  EventFileException(Path file, String reason, Throwable cause) {
    super("cannot read events file '%s': %s".formatted(file, reason), cause);
  }

  EventFileException(Path file, String reason) {
    this(file, reason, null);
  }
}
