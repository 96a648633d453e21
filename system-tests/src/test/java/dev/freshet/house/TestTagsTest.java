package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that start another process wait for {@code mvn verify}, and every test is run by it. */
class TestTagsTest {

  private static final Path ROOT = Path.of("..");
  private static final String VERIFY = "@Tag(\"verify\")";

  /** What starts a process, a container or Spark, if a test names it. */
  private static final Set<String> STARTERS =
      Set.of(
          "ProcessBuilder",
          "ChildProcess",
          "Programs",
          "KinesisEmulator",
          "StateMachineRunner",
          "RedisServer",
          "Store",
          "BenchCommand",
          "GenericContainer",
          "JavaSparkContext");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("\"[^\"\n]*\"");
  private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w+");

  private static Map<Path, String> sources;

  @BeforeAll
  static void readTheSources() throws IOException {
    sources = new HashMap<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.put(file, read(file)));
      }
    }
  }

  @Test
  void whatStartsAProcessIsTagged() {
    Set<String> starters = new HashSet<>(STARTERS);
    Set<Path> found = new HashSet<>();
    while (found.addAll(naming(starters))) {
      found.stream().filter(file -> !isTest(file)).map(TestTagsTest::name).forEach(starters::add);
    }
    assertThat(found.stream().filter(TestTagsTest::isTest).toList())
        .hasSizeGreaterThan(50)
        .allSatisfy(file -> assertThat(sources.get(file)).as("%s", file).contains(VERIFY));
  }

  @Test
  void everyIntegrationTestIsTagged() {
    assertThat(sources.keySet().stream().filter(file -> name(file).endsWith("IT")).toList())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(sources.get(file)).as("%s", file).contains(VERIFY));
  }

  @Test
  void aModuleWithTaggedTestsRunsThem() throws IOException {
    for (Path module : modules()) {
      boolean isTagged =
          sources.entrySet().stream()
              .filter(source -> source.getKey().startsWith(module.resolve("src")))
              .anyMatch(source -> isTest(source.getKey()) && source.getValue().contains(VERIFY));
      assertThat(Files.readString(module.resolve("pom.xml")).contains("maven-failsafe-plugin"))
          .as("%s runs tests in the phase verify", module)
          .isEqualTo(isTagged);
    }
  }

  private static Set<Path> naming(Set<String> types) {
    return sources.keySet().stream()
        .filter(
            file ->
                TYPE.matcher(TEXT.matcher(sources.get(file)).replaceAll(""))
                    .results()
                    .map(found -> found.group())
                    .anyMatch(type -> types.contains(type) && !type.equals(name(file))))
        .collect(Collectors.toSet());
  }

  private static boolean isTest(Path file) {
    return name(file).endsWith("Test") || name(file).endsWith("IT");
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Set<Path> modules() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      return Stream.concat(top, tools)
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
          .collect(Collectors.toSet());
    }
  }

  private static String read(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
