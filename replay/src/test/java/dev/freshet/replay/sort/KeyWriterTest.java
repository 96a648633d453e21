package dev.freshet.replay.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyWriterTest {

  private static final long SEED = 5;

  @Test
  void compactNumbersAreReadBack() {
    long[] edges = {0, -1, 1, 63, -64, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
    for (long edge : edges) {
      assertThat(readBack(edge)).as("%d", edge).isEqualTo(edge);
    }
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(readBack(number)).as("seed %d", SEED).isEqualTo(number);
    }
  }

  @Test
  void anAbsentNumberTakesAByte() {
    assertThat(new KeyWriter().compact(Long.MIN_VALUE).take()).hasSize(1);
    assertThat(new KeyWriter().compact(-50).take()).hasSize(1);
  }

  @Test
  void textsMayBeNullOrEmpty() {
    KeyReader in =
        new KeyReader(
            new KeyWriter().textOrNull(null).textOrNull("").textOrNull("a\0é").small(7).take());
    assertThat(in.textOrNull()).isNull();
    assertThat(in.textOrNull()).isEmpty();
    assertThat(in.textOrNull()).isEqualTo("a\0é");
    assertThat(in.hasMore()).isTrue();
    assertThat(in.small()).isEqualTo(7);
    assertThat(in.hasMore()).isFalse();
  }

  private static long readBack(long number) {
    return new KeyReader(new KeyWriter().compact(number).take()).compact();
  }
}
