package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The framework knows no business: what a catalogue is about stands in the catalogue alone. */
class BusinessWordsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern WORDS =
      Pattern.compile(
          "\\b(orderId|storeId|customerId|cityCode)\\b|\\bORDER_(?!MARK)[A-Z]+"
              + "|[Cc]ourier|OrderEvent");

  /** The catalogue, its city, what is measured with them, and the tests. */
  private static final Set<String> MAY_NAME_THEM =
      Set.of("lambdas", "tools/simulated-city", "benchmarks", "system-tests", "examples");

  /** The help of a command shows it on the reference catalogue. */
  private static final Set<String> HELP =
      Set.of("tools/cli/src/main/java/dev/freshet/cli/command/NewAggregatorCommand.java");

  @Test
  void mainCodeNamesNoOrderNoStoreAndNoCourier() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (WORDS.matcher(lines.get(i)).find()) {
          found.add("%s:%d %s".formatted(ROOT.relativize(source), i + 1, lines.get(i).strip()));
        }
      }
    }

    assertThat(found).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main"))) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> !HELP.contains(ROOT.relativize(file).toString()))
            .forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return Stream.concat(top, tools)
          .filter(folder -> Files.isDirectory(folder.resolve("src/main")))
          .filter(folder -> !MAY_NAME_THEM.contains(ROOT.relativize(folder).toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
