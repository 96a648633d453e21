package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that Javadoc starts with a verb or a noun phrase. */
class JavadocTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern RIDDLE =
      Pattern.compile("/\\*\\*[\\s*]*(?:What|Whoever|Who|Nobody|Somebody)\\b[^\\n]*");

  /** Modules whose Javadoc does not follow the rule yet. */
  private static final Set<String> NOT_YET =
      Set.of(
          "benchmarks",
          "feature-store-client",
          "replay",
          "replay-spark",
          "testkit",
          "tools/authoring",
          "tools/aws-emulator",
          "tools/cli",
          "tools/local",
          "tools/operations",
          "tools/simulated-city");

  @Test
  void javadocStartsWithAVerbOrANounPhrase() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> sources = sources();
    for (Path source : sources) {
      Matcher riddle = RIDDLE.matcher(Files.readString(source));
      while (riddle.find()) {
        found.add(source + ": " + riddle.group());
      }
    }

    assertThat(found).isEmpty();
    assertThat(sources).hasSizeGreaterThan(150);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return Stream.concat(top, tools)
          .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
          .filter(module -> !NOT_YET.contains(ROOT.relativize(module).toString()))
          .toList();
    }
  }
}
