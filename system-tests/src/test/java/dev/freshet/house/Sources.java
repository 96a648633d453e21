package dev.freshet.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project's {@code src/main} folders. */
final class Sources {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Sources() {}

  /**
   * The files of all modules but some.
   *
   * @param without folders, relative to the root
   */
  static List<Path> ofMain(Set<String> without) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path module : modules(without)) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main"))) {
        files.filter(Files::isRegularFile).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<Path> modules(Set<String> without) throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return Stream.concat(top, tools)
          .filter(folder -> Files.isDirectory(folder.resolve("src/main")))
          .filter(folder -> !without.contains(ROOT.relativize(folder).toString()))
          .toList();
    }
  }
}
