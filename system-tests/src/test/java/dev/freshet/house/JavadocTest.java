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
import org.junit.jupiter.api.Test;

/** Checks that Javadoc starts with a verb or a noun phrase. */
class JavadocTest {

  private static final Pattern RIDDLE =
      Pattern.compile("/\\*\\*[\\s*]*(?:What|Whoever|Who|Nobody|Somebody)\\b[^\\n]*");

  @Test
  void javadocStartsWithAVerbOrANounPhrase() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> sources = Sources.ofMain(Set.of());
    for (Path source : sources) {
      Matcher riddle = RIDDLE.matcher(Files.readString(source));
      while (riddle.find()) {
        found.add(source + ": " + riddle.group());
      }
    }

    assertThat(found).isEmpty();
    assertThat(sources).hasSizeGreaterThan(400);
  }
}
