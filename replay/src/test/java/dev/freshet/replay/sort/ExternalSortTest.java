package dev.freshet.replay.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalSortTest {

  @TempDir private Path folder;

  @Test
  void whatIsSpilledComesBackInOrderWithTheRest() throws IOException {
    Random random = new Random(7);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] record = new byte[random.nextInt(12)];
      random.nextBytes(record);
      records.add(record);
    }
    List<byte[]> expected = new ArrayList<>(records);
    expected.sort(Arrays::compareUnsigned);
    for (long memory : new long[] {1L << 30, 100_000, 2_000}) {
      try (ExternalSort sort = new ExternalSort(folder, memory)) {
        for (byte[] record : records) {
          sort.add(record);
        }
        List<byte[]> sorted = new ArrayList<>();
        sort.sorted().forEachRemaining(sorted::add);
        assertThat(sorted.toArray(byte[][]::new)).isDeepEqualTo(expected.toArray(byte[][]::new));
        assertThat(sort.spills() > 64).as("levels of runs").isEqualTo(memory == 2_000);
      }
    }
  }

  @Test
  void runsOfALevelAreMergedSoThatFewFilesAreOpen() throws IOException {
    try (ExternalSort sort = new ExternalSort(folder, 1)) {
      for (int i = 0; i < 64 * 64 + 5; i++) {
        sort.add(new byte[] {(byte) (i >> 8), (byte) i});
      }
      assertThat(files()).hasSize(1 + 5);
      int count = 0;
      for (var sorted = sort.sorted(); sorted.hasNext(); sorted.next()) {
        count++;
      }
      assertThat(count).isEqualTo(64 * 64 + 5);
    }
    assertThat(files()).as("nothing is left").isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void bytesOrderAsTheirFieldsDoAndReadBack() {
    String[] texts = {
      "", "\0", "\0\0", "\0a", "\1", "a", "a\0", "a\0b", "a\1", "ab", "é", "\uD83D\uDE00"
    };
    long[] numbers = {Long.MIN_VALUE, -256, -1, 0, 1, 255, 256, Long.MAX_VALUE};
    byte[] before = {};
    for (int small : new int[] {0, 127, 128, 255}) {
      for (String text : texts) {
        for (long number : numbers) {
          byte[] key = new KeyWriter().small(small).text(text).number(number).bits(0.1).take();
          assertThat(Arrays.compareUnsigned(before, key))
              .as("%d %s %d", small, text, number)
              .isNegative();
          KeyReader in = new KeyReader(key);
          assertThat(in.small()).isEqualTo(small);
          assertThat(in.text()).isEqualTo(text);
          assertThat(in.number()).isEqualTo(number);
          assertThat(in.bits()).isEqualTo(0.1);
          before = key;
        }
      }
    }
  }
}
