package dev.freshet.authoring.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a scaffold reads and writes of the project, copied into a folder. */
final class ProjectCopy {

  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  static final Path SOURCES = Path.of("lambdas/src/main/java/dev/freshet/lambdas");
  static final Path TESTS = Path.of("lambdas/src/test/java/dev/freshet/lambdas");

  private static final List<Path> PARTS =
      List.of(Path.of("serverless.yml"), SOURCES, TESTS, Path.of("docs/features.md"));

  private ProjectCopy() {}

  static Path in(Path folder) throws IOException {
    for (Path part : PARTS) {
      copy(ROOT.resolve(part), folder.resolve(part));
    }
    return folder;
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Every file and its content. */
  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
