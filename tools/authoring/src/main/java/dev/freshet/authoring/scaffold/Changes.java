package dev.freshet.authoring.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Files to write, all of them or none. */
final class Changes {

  /** Puts a file back as it was. */
  @FunctionalInterface
  private interface Undo {
    void run() throws IOException;
  }

  private final Map<Path, String> contents = new LinkedHashMap<>();

  void add(Path file, String content) {
    contents.put(file, content);
  }

  /** The files, in the order in which they were added. */
  Set<Path> files() {
    return contents.keySet();
  }

  String content(Path file) {
    return contents.get(file);
  }

  /**
   * Writes the files: each beside its place first, then all into their places.
   *
   * @throws IOException if one cannot be written; then no file has changed
   */
  void write() throws IOException {
    Map<Path, Path> written = new LinkedHashMap<>();
    Deque<Undo> undo = new ArrayDeque<>();
    try {
      for (Map.Entry<Path, String> each : contents.entrySet()) {
        Path temporary = each.getKey().resolveSibling(each.getKey().getFileName() + ".new");
        undo.push(() -> Files.deleteIfExists(temporary));
        Files.writeString(temporary, each.getValue());
        written.put(each.getKey(), temporary);
      }
      for (Map.Entry<Path, Path> each : written.entrySet()) {
        undo.push(restoring(each.getKey()));
        Files.move(each.getValue(), each.getKey(), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException | RuntimeException e) {
      for (Undo step : undo) {
        step.run();
      }
      throw e;
    }
  }

  private static Undo restoring(Path file) throws IOException {
    if (!Files.exists(file)) {
      return () -> Files.deleteIfExists(file);
    }
    byte[] before = Files.readAllBytes(file);
    return () -> Files.write(file, before);
  }
}
