package dev.freshet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is measured in a small process is told of the functions that are deployed. */
class SmallFunctionTest {

  @Test
  void theYoungGenerationIsThatOfTheFunctions() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", "serverless.yml")))
        .contains("    JAVA_TOOL_OPTIONS: " + SmallFunction.YOUNG_GENERATION);
  }
}
