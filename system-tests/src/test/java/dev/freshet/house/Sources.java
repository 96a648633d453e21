package dev.freshet.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the project's {@code src} folders. */
final class Sources {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Sources() {}

  /**
   * The files in {@code src/main} of all modules but some.
   *
   * @param without folders, relative to the root
   */
  static List<Path> ofMain(Set<String> without) throws IOException {
    return of("src/main", without);
  }

  /** The files in {@code src/test} of all modules but some. */
  static List<Path> ofTests(Set<String> without) throws IOException {
    return of("src/test", without);
  }

  /** The names of the modules in {@code tools}. */
  static Set<String> tools() throws IOException {
    try (Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return tools
          .filter(module -> Files.exists(module.resolve("pom.xml")))
          .map(module -> module.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }

  private static List<Path> of(String part, Set<String> without) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : folders(part, without)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(Files::isRegularFile).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<Path> folders(String part, Set<String> without) throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return Stream.concat(top, tools)
          .filter(module -> !without.contains(ROOT.relativize(module).toString()))
          .map(module -> module.resolve(part))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
