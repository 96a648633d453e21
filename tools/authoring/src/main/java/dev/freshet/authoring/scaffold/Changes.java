package dev.freshet.authoring.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files to write, all of them or none. */
final class Changes {

  private Changes() {}

  /**
   * Writes each file.
   *
   * @throws IOException if one cannot be written; then all are again as they were
   */
  static void write(Map<Path, String> contents) throws IOException {
    Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();
    for (Path file : contents.keySet()) {
      before.put(
          file, Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
    }
    try {
      for (Map.Entry<Path, String> each : contents.entrySet()) {
        Files.writeString(each.getKey(), each.getValue());
      }
    } catch (IOException e) {
      restore(before);
      throw e;
    }
  }

  private static void restore(Map<Path, Optional<byte[]>> before) throws IOException {
    for (Map.Entry<Path, Optional<byte[]>> each : before.entrySet()) {
      if (each.getValue().isPresent()) {
        Files.write(each.getKey(), each.getValue().get());
      } else {
        Files.deleteIfExists(each.getKey());
      }
    }
  }
}
