package dev.freshet.operations.events;

import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Event files for tests. */
final class EventFiles {

  private EventFiles() {}

  static Path plain(Path folder, String... lines) throws IOException {
    return Files.writeString(folder.resolve("events.jsonl"), String.join("\n", lines) + "\n");
  }

  /** Gzipped, although its name does not say so. */
  static Path gzipped(Path folder, String... lines) throws IOException {
    Path file = folder.resolve("events.jsonl");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  static List<OutgoingEvent> read(Path file) {
    return read(file, Duration.ZERO);
  }

  static List<OutgoingEvent> read(Path file, Duration offset) {
    List<OutgoingEvent> events = new ArrayList<>();
    try (EventReader reader =
        new EventFile(EventSource.of(file), ItemStreams.ALL).openShiftedBy(offset, raw -> {})) {
      reader.forEachRemaining(events::add);
    }
    return events;
  }

  static String text(OutgoingEvent event) {
    return new String(event.json(), StandardCharsets.UTF_8);
  }
}
