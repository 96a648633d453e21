package dev.freshet.replay.events;

import dev.freshet.definition.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of events.
 *
 * @param stream the stream that carried them, without a stage's prefix; empty if each event says
 *     its type
 * @param file its path, in any file system
 */
public record EventSource(String stream, String file) {

  /** Returns a file whose events say their types. */
  public static EventSource of(Path file) {
    return new EventSource("", file.toString());
  }

  /**
   * Reads {@code FILE} or {@code STREAM=FILE}.
   *
   * @param types the types of the catalogue: what is none of their streams is part of a path
   */
  public static EventSource parse(String argument, List<EventType> types) {
    int equals = argument.indexOf('=');
    String stream = argument.substring(0, Math.max(0, equals));
    return types.stream().anyMatch(type -> type.stream().equals(stream))
        ? new EventSource(stream, argument.substring(equals + 1))
        : new EventSource("", argument);
  }

  /** Returns the path of a file of this machine. */
  public Path path() {
    return Path.of(file);
  }

  /** Opens a file of this machine; see {@link EventFileReader#EventFileReader(Path)}. */
  public EventFileReader open() throws IOException {
    int equals = file.indexOf('=');
    if (equals > 0 && !Files.exists(path())) {
      throw new IOException(
          "cannot read %s: there is no such file, and the catalogue has no stream %s"
              .formatted(file, file.substring(0, equals)));
    }
    return new EventFileReader(path());
  }
}
