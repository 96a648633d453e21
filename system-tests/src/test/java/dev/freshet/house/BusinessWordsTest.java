package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Checks that the framework and its tests contain no words of a business; only the catalogue does.
 */
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

  /** Names of entities too; main code may speak of the simulated city and of a store of state. */
  private static final Pattern TEST_WORDS =
      Pattern.compile(
          MORE_WORDS
              + "|COURIER|CUSTOMER|\\banOrder[A-Z]|\\b([cC]ity|CITY|cities)\\b"
              + "|\"store[\":\\\\]|Order(Created|Accepted|Picked|Delivered|Cancelled)");

  /** The rate of the simulated city, which takes orders. */
  private static final Pattern CITY =
      Pattern.compile(
          "orders(PerMinute|-per-minute)|ORDERS_PER_MINUTE|orders of the simulated city");

  /** The catalogue, its city, the benchmarks and the tests of all together. */
  private static final Set<String> MAY_NAME_THEM =
      Set.of("lambdas", "tools/simulated-city", "benchmarks", "system-tests", "examples");

  /** Tests that replay the reference catalogue, or add to it, as users do. */
  private static final Set<String> TESTED_WITH_IT =
      Set.of("replay", "replay-spark", "tools/authoring");

  /** The help of this command has examples from the reference catalogue. */
  private static final Set<String> HELP =
      Set.of("tools/cli/src/main/java/dev/freshet/cli/command/NewAggregatorCommand.java");

  /** Writes declarations into the service's own sources. */
  private static final String WRITES_DECLARATIONS = "tools/authoring/";

  @Test
  void mainCodeNamesNoOrderNoStoreAndNoCourier() throws IOException {
    List<Path> sources = new ArrayList<>(Sources.ofMain(MAY_NAME_THEM));
    sources.removeIf(file -> HELP.contains(name(file)));

    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(found(sources, BusinessWordsTest::wordsOf)).isEmpty();
  }

  @Test
  void testsNameNoOrderNoStoreAndNoCourier() throws IOException {
    Set<String> without = new HashSet<>(MAY_NAME_THEM);
    without.addAll(TESTED_WITH_IT);
    List<Path> sources = Sources.ofTests(without);

    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(found(sources, source -> TEST_WORDS)).isEmpty();
  }

  private static List<String> found(List<Path> sources, Function<String, Pattern> words)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        String line = CITY.matcher(lines.get(i)).replaceAll("");
        if (words.apply(name(source)).matcher(line).find()) {
          found.add("%s:%d %s".formatted(name(source), i + 1, lines.get(i).strip()));
        }
      }
    }
    return found;
  }

  private static String name(Path source) {
    return Sources.ROOT.relativize(source).toString();
  }

  private static Pattern wordsOf(String source) {
    return source.startsWith(WRITES_DECLARATIONS) ? WORDS : MORE_WORDS;
  }
}
