package dev.freshet.benchmarks.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is measured in a small process is told of the functions that are deployed. */
@Tag("verify")
class SmallFunctionTest {

  @Test
  void theYoungGenerationIsThatOfTheFunctions() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", "serverless.yml")))
        .contains("    JAVA_TOOL_OPTIONS: " + SmallFunction.YOUNG_GENERATION);
  }

  @Test
  void endsWithTheProcessThatStartedIt() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Process function =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SmallFunctionProcess.class.getName(),
                  "redis://127.0.0.1:" + silent.getLocalPort(),
                  "10",
                  "600000",
                  "0")
              .start();
      try {
        function.getOutputStream().close(); // as when the other process dies, however that is

        assertThat(function.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(function.exitValue()).isEqualTo(1);
        assertThat(function.errorReader().lines())
            .as("a failure of its own")
            .noneMatch(line -> line.contains("Exception"));
      } finally {
        function.destroyForcibly();
      }
    }
  }
}
