package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the files, folders and tests that the documentation names exist. */
class DocumentedNamesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

  private static final Pattern PATH = Pattern.compile("`((?:[\\w.-]+/)+[\\w.-]*)`");

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT))`");

  /** A folder of the build is not in a fresh checkout. */
  private static final Pattern BUILT = Pattern.compile("(?:^|.*/)target/.*");

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      for (String target : matches(LINK, page)) {
        if (!Files.exists(page.resolveSibling(target))) {
          missing.add(ROOT.relativize(page) + ": " + target);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void namedPathsExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      for (String path : matches(PATH, page)) {
        if (startsInTheRepository(path)
            && !BUILT.matcher(path).matches()
            && !Files.exists(ROOT.resolve(path))) {
          missing.add(ROOT.relativize(page) + ": " + path);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void namedTestsExist() throws IOException {
    Set<String> tests = tests();
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      for (String test : matches(TEST, page)) {
        if (!tests.contains(test + ".java")) {
          missing.add(ROOT.relativize(page) + ": " + test);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<String> matches(Pattern pattern, Path page) throws IOException {
    return pattern
        .matcher(Files.readString(page))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** Returns whether a path starts with a file or folder of the root; others are only examples. */
  private static boolean startsInTheRepository(String path) {
    return Files.exists(ROOT.resolve(path.substring(0, path.indexOf('/'))));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      List<Path> modules =
          Stream.concat(top, tools)
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .toList();
      List<Path> files = new ArrayList<>();
      for (Path module : modules) {
        try (Stream<Path> all = Files.walk(module)) {
          all.forEach(files::add);
        }
      }
      return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
