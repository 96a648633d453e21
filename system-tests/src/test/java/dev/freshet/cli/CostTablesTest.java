package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests that the tables of costs in the documentation are what the command prints. A comment before
 * each has its arguments; {@code -Dcost.write=true} writes the tables.
 */
@Tag("verify")
class CostTablesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TABLE =
      Pattern.compile(
          "<!-- \\./freshet (cost [^>]*?) -->\\n(.*?)<!-- end of cost -->", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> areWhatTheCommandPrints() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      StringBuilder written = new StringBuilder();
      Matcher table = TABLE.matcher(text);
      while (table.find()) {
        String printed = "\n" + print(table.group(1)).strip() + "\n\n";
        String found = table.group(2);
        String name = page.getFileName() + ": " + table.group(1);
        tests.add(DynamicTest.dynamicTest(name, () -> assertThat(found).isEqualTo(printed)));
        table.appendReplacement(
            written,
            Matcher.quoteReplacement(
                "<!-- ./freshet %s -->\n%s<!-- end of cost -->"
                    .formatted(table.group(1), printed)));
      }
      if (Boolean.getBoolean("cost.write")) {
        Files.writeString(page, table.appendTail(written));
      }
    }
    return tests.stream();
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/operations.md"))).containsPattern(TABLE);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String print(String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Freshet.commandLine(ROOT, ROOT)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" "));
    assertThat(exit).as(err.toString()).isZero();
    return out.toString();
  }
}
