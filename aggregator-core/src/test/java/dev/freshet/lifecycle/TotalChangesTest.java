package dev.freshet.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.Frugality;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares random changes of totals with a sorted map. */
class TotalChangesTest {

  private static final int TOTALS = 5;

  /** The instant, then the total. */
  private static final class Model {
    private final TreeMap<Long, TreeMap<Integer, Long>> changes = new TreeMap<>();

    void add(long instant, int total, long delta) {
      Map<Integer, Long> at = changes.computeIfAbsent(instant, unseen -> new TreeMap<>());
      at.merge(total, delta, Long::sum);
      at.values().removeIf(each -> each == 0);
      changes.values().removeIf(Map::isEmpty);
    }

    long first() {
      return changes.isEmpty() ? TotalChanges.NEVER : changes.firstKey();
    }

    void passTo(long instant, long[] totals) {
      var past = changes.headMap(instant, true);
      past.values().forEach(at -> at.forEach((total, delta) -> totals[total] += delta));
      past.clear();
    }
  }

  @Test
  void randomChangesEqualASortedMap() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int spread = 1 << (1 + random.nextInt(14));
      TotalChanges changes = new TotalChanges();
      Model model = new Model();
      long[] totals = new long[TOTALS];
      long[] expected = new long[TOTALS];
      long now = -500;
      for (int step = 0; step < 2_000; step++) {
        if (random.nextInt(50) == 0) {
          now += random.nextInt(spread);
          changes.passTo(now, totals);
          model.passTo(now, expected);
        }
        long instant = now + 1 + (random.nextBoolean() ? random.nextInt(spread) : step / 3);
        int total = random.nextInt(TOTALS);
        long delta = random.nextInt(3) - 1L;
        if (delta != 0) {
          changes.add(instant, total, delta);
          model.add(instant, total, delta);
        }
        assertThat(changes.firstInstant())
            .as("seed %d, step %d", seed, step)
            .isEqualTo(model.first());
        assertThat(totals).as("seed %d, step %d", seed, step).isEqualTo(expected);
      }
      changes.passTo(Long.MAX_VALUE / TotalChanges.MOST_TOTALS - 1, totals);
      model.passTo(Long.MAX_VALUE / TotalChanges.MOST_TOTALS - 1, expected);
      assertThat(totals).as("seed %d, at the end", seed).isEqualTo(expected);
      assertThat(changes.firstInstant()).isEqualTo(TotalChanges.NEVER);
    }
  }

  @Test
  void changesBeforeTheYearZeroAndOfTheLastTotalAreKeptApart() {
    TotalChanges changes = new TotalChanges();
    long[] totals = new long[TotalChanges.MOST_TOTALS];
    long longAgo = -62_167_219_200_000L;
    changes.add(longAgo, TotalChanges.MOST_TOTALS - 1, 3);
    changes.add(longAgo + 1, 0, 4);
    changes.add(-1, TotalChanges.MOST_TOTALS - 1, 5);
    changes.add(0, 0, 6);
    assertThat(changes.firstInstant()).isEqualTo(longAgo);
    changes.passTo(longAgo, totals);
    assertThat(totals[TotalChanges.MOST_TOTALS - 1]).isEqualTo(3);
    assertThat(Arrays.stream(totals).sum()).isEqualTo(3);
    changes.passTo(-1, totals);
    assertThat(totals[TotalChanges.MOST_TOTALS - 1]).isEqualTo(8);
    assertThat(totals[0]).isEqualTo(4);
    assertThat(changes.firstInstant()).isZero();
  }

  private static void addAndTakeBack(TotalChanges changes, long[] instants) {
    for (long instant : instants) {
      changes.add(instant, 1, 1);
    }
    assertThat(changes.sizeBytes()).as("bytes").isLessThan(instants.length * 40L);
    for (long instant : instants) {
      changes.add(instant, 1, -1);
      if (changes.firstInstant() < 0) {
        throw new AssertionError();
      }
    }
  }

  /**
   * Tests the size of a large area: each change is cheap, in any order, and changes that cancel out
   * leave nothing.
   */
  @Test
  void aHundredThousandChangesThatCancelOutCostLittle() {
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      int count = 100_000;
      long[] instants = new long[count];
      TotalChanges changes = new TotalChanges();
      for (int i = 0; i < count; i++) {
        instants[i] = seed == 0 ? i : seed == 1 ? count - i : random.nextInt(10 * count);
      }
      Frugality.within(Duration.ofSeconds(5), () -> addAndTakeBack(changes, instants));
      assertThat(changes.firstInstant()).isEqualTo(TotalChanges.NEVER);
      assertThat(changes.sizeBytes()).as("bytes at the end").isLessThan(100_000);
    }
  }
}
