package dev.freshet.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayProcessTest {

  @TempDir private Path folder;

  @Test
  void whatAReplaySaysIsRead() throws IOException {
    ReplayProcess done =
        ReplayProcess.run(
            List.of(
                "sh",
                "-c",
                "echo 'events: 1,234, 0 invalid, 0 of no feature group';"
                    + " echo 'rows.csv: 56 rows in 1.0 s (56 rows/s)'"),
            folder.resolve("log"));
    assertThat(done.events()).isEqualTo(1_234);
    assertThat(done.rows()).isEqualTo(56);
    assertThat(done.seconds()).isPositive();
  }

  @Test
  void aFailureSaysWhatTheCommandSaidLast() {
    List<String> command = List.of("sh", "-c", "echo first; echo 'freshet: no'; exit 1");
    assertThatThrownBy(() -> ReplayProcess.run(command, folder.resolve("log")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": freshet: no");
  }

  @Test
  void generatedEventsAndTheirSpineAreTheSameEachTime() throws IOException {
    ReplayInput one = ReplayInput.generated(folder.resolve("one"), 200, 30);
    ReplayInput other = ReplayInput.generated(folder.resolve("other"), 200, 30);
    assertThat(Files.readAllLines(one.events())).hasSize(200);
    assertThat(Files.readAllLines(one.spine()))
        .hasSize(31)
        .isEqualTo(Files.readAllLines(other.spine()));
    assertThat(other.events()).hasSameBinaryContentAs(one.events());
  }
}
