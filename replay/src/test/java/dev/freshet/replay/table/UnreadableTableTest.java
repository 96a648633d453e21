package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is named with its place, in words of the user. */
class UnreadableTableTest {

  @TempDir private Path folder;

  @Test
  void whatIsNotUtf8IsNamedWithItsLine() throws IOException {
    byte[] csv = "a,b\nok,1\ncafé,2\n".getBytes(ISO_8859_1);
    complains("t.csv", csv, " line 3 is not UTF-8, from 'café' on: write the file as UTF-8");
    complains(
        "t.csv",
        "\uFEFFa,b\n1,2\n".getBytes(UTF_16LE),
        " line 1 is not UTF-8, from 'ÿþa ' on: write");
    byte[] json = "{}\n{\"a\":\"café\"}\n".getBytes(ISO_8859_1);
    complains("t.jsonl", json, " line 2 is not UTF-8: write the file as UTF-8");
  }

  @Test
  void whatIsNoJsonIsShown() throws IOException {
    json("{\"a\":NaN}", " line 1 is not JSON, which has no number NaN: write null");
    json("{\"a\":-Infinity}", " line 1 is not JSON, which has no number -Infinity: write null");
    json("{\"a\":tru}", " line 1 is not JSON, at byte 5: 'tru}'");
    json("{\"a\":1", " line 1 is not JSON, at byte 6: '1'");
    json("{'a':1}" + " ".repeat(99), " line 1 is not JSON, at byte 1: ''a':1} ");
    json("{\"a\":1,\"a\":2}", " line 1 has 'a' twice");
    json("{\"a\":\"\\ud800\"}", " line 1 has half a character (a lone surrogate) in 'a'");
    json("{\"a\":" + "1".repeat(2000) + "}", " line 1 has a number or name too long, or nests");
  }

  private void json(String line, String complaint) throws IOException {
    complains("t.jsonl", (line + "\n").getBytes(UTF_8), complaint);
  }

  private void complains(String name, byte[] content, String complaint) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + complaint)
        .hasMessageNotContainingAny("Feature", "Exception", "Input length");
  }

  @Test
  void filesThatAreNotWhatTheirNameSaysAreNamed() throws IOException {
    for (String name : List.of("t.jsonl", "t.parquet", "t.csv.gz")) {
      Path file = folder.resolve(name);
      Files.write(file, new byte[] {0x1F, (byte) 0x8B, 0x08, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
      assertThatThrownBy(() -> readAll(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(TableFormat.of(Path.of("rows.txt"))).isEmpty();
  }

  private static void readAll(Path file) throws IOException {
    try (RowReader rows = TableFormat.of(file).orElseThrow().read(file)) {
      while (rows.next() != null) {
        assertThat(rows.place()).isNotEmpty();
      }
    }
  }
}
