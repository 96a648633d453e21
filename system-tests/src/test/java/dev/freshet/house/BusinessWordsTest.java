package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that the framework contains no words of a business; only the catalogue does. */
class BusinessWordsTest {

  private static final Pattern WORDS =
      Pattern.compile(
          "\\b(orderId|storeId|customerId|cityCode)\\b|\\bORDER_(?!MARK)[A-Z]+"
              + "|[Cc]ourier|[Cc]ustomer|OrderEvent");

  /** Plurals, possessives and prefixes too; of "order" alone, most are about a sequence. */
  private static final Pattern MORE_WORDS =
      Pattern.compile(
          WORDS
              + "|\\b[oO]rders|[a-z]Orders|ORDERS|\\b[aA]n order\\b|\\border's\\b"
              + "|\\border[- ][a-z0-9*]+ stream"
              + "|\\b(order|city|store)-(\\*|[a-z]+ed\\b|orders|demand)|\\b(city|store)_[a-z]");

  /** The rate of the simulated city, which takes orders. */
  private static final Pattern CITY =
      Pattern.compile(
          "orders(PerMinute|-per-minute)|ORDERS_PER_MINUTE|orders of the simulated city");

  /** The catalogue, its city, the benchmarks and the tests. */
  private static final Set<String> MAY_NAME_THEM =
      Set.of("lambdas", "tools/simulated-city", "benchmarks", "system-tests", "examples");

  /** The help of this command has examples from the reference catalogue. */
  private static final Set<String> HELP =
      Set.of("tools/cli/src/main/java/dev/freshet/cli/command/NewAggregatorCommand.java");

  /** Writes declarations into the service's own sources. */
  private static final String WRITES_DECLARATIONS = "tools/authoring/";

  @Test
  void mainCodeNamesNoOrderNoStoreAndNoCourier() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      Pattern words = wordsOf(Sources.ROOT.relativize(source).toString());
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (words.matcher(CITY.matcher(lines.get(i)).replaceAll("")).find()) {
          found.add(
              "%s:%d %s".formatted(Sources.ROOT.relativize(source), i + 1, lines.get(i).strip()));
        }
      }
    }

    assertThat(found).isEmpty();
  }

  private static Pattern wordsOf(String source) {
    return source.startsWith(WRITES_DECLARATIONS) ? WORDS : MORE_WORDS;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources =
        Sources.ofMain(MAY_NAME_THEM).stream()
            .filter(file -> !HELP.contains(Sources.ROOT.relativize(file).toString()))
            .toList();
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }
}
