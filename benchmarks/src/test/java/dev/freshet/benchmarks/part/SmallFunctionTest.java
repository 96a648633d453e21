package dev.freshet.benchmarks.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The figures of a small process hold for the functions that are deployed. */
class SmallFunctionTest {

  @Test
  void theYoungGenerationIsThatOfTheFunctions() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", "serverless.yml")))
        .contains("    JAVA_TOOL_OPTIONS: " + SmallFunction.YOUNG_GENERATION);
  }
}
