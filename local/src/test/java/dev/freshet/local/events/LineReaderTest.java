package dev.freshet.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void linesAreTheSameHoweverTheBytesArrive() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<String> lines = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        lines.add("x".repeat(random.nextInt(20) == 0 ? 70_000 : random.nextInt(5)) + i);
      }
      String text = String.join("\n", lines) + (random.nextBoolean() ? "\n" : "");
      assertThat(read(inPieces(text, random))).as("seed %d", seed).isEqualTo(lines);
    }
  }

  @Test
  void endlessLineIsGivenUpSoon() {
    long[] bytesRead = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            bytesRead[0] += length;
            assertThat(bytesRead[0]).isLessThan(2 << 20);
            return length;
          }
        };
    LineReader reader = new LineReader(endless, 1 << 20);
    assertThatThrownBy(reader::readLine).isInstanceOf(LineReader.LineTooLongException.class);
  }

  private static List<String> read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(in, 1 << 20)) {
      byte[] line;
      while ((line = reader.readLine()) != null) {
        lines.add(new String(line, StandardCharsets.UTF_8));
        assertThat(reader.lineNumber()).isEqualTo(lines.size());
      }
    }
    return lines;
  }

  private static InputStream inPieces(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(40_000)));
      }
    };
  }
}
