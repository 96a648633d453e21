package dev.freshet.replay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

  @TempDir private Path folder;

  private Path orders;

  @BeforeEach
  void writeFiles() throws IOException {
    orders = Files.createDirectory(folder.resolve("orders"));
    Files.createFile(orders.resolve("a.jsonl"));
    Files.createFile(folder.resolve("spine.csv"));
    Files.createSymbolicLink(folder.resolve("link"), orders);
  }

  @Test
  void anOutputThatIsOrHoldsOrLiesInAnInputIsFound() throws IOException {
    for (String input : List.of("orders", "ord*", "link", "orders/a.jsonl", "orders/*.jsonl")) {
      boolean isFolder = !input.contains(".jsonl");
      assertThat(overlaps(input, "orders")).as(input).isTrue();
      assertThat(overlaps(input, "link")).as(input).isTrue();
      assertThat(overlaps(input, "orders/rows.csv")).as(input).isEqualTo(isFolder);
      assertThat(overlaps(input, "link/rows.csv")).as(input).isEqualTo(isFolder);
      assertThat(overlaps(input, "orders-rows.csv")).as(input).isFalse();
      assertThat(overlaps(input, "rows.csv")).as(input).isFalse();
    }
    assertThat(overlaps("no-such-folder", "rows.csv")).isFalse();
    assertThat(overlaps("orders," + folder.resolve("spine.csv"), "spine.csv")).isTrue();
  }

  private boolean overlaps(String input, String output) throws IOException {
    return new Inputs(List.of(folder.resolve(input).toString()), new Configuration(false))
        .overlapping(folder.resolve(output).toString())
        .isPresent();
  }
}
