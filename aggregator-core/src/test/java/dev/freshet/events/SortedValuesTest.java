package dev.freshet.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares random additions and removals with a sorted list. */
class SortedValuesTest {

  @Test
  void randomOperationsEqualASortedList() {
    for (int seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      int different = 1 + random.nextInt(3_000);
      SortedValues values = new SortedValues();
      List<Double> model = new ArrayList<>();
      for (int step = 0; step < 3_000; step++) {
        boolean grows = step < 1_500 ? random.nextInt(4) > 0 : random.nextInt(4) == 0;
        if (grows || model.isEmpty()) {
          double value = random.nextInt(different) / 8.0 - 100;
          values.add(value);
          model.add(value);
        } else {
          values.remove(model.remove(random.nextInt(model.size())));
        }
        if (step % 100 == 0) {
          assertSame(values, model, "seed %d, step %d".formatted(seed, step));
        }
      }
    }
  }

  @Test
  void equalValuesFillSeveralRuns() {
    SortedValues values = new SortedValues();
    for (int i = 0; i < 1_000; i++) {
      values.add(i % 2);
    }
    assertThat(values.ranked(499)).isZero();
    assertThat(values.ranked(500)).isEqualTo(1);
    for (int i = 0; i < 500; i++) {
      values.remove(1);
    }
    assertThat(values.ranked(0)).isZero();
    assertThat(values.ranked(499)).isZero();
  }

  @Test
  void anEmptyListFillsAgain() {
    SortedValues values = new SortedValues();
    values.add(3);
    values.remove(3);
    values.add(-7);
    values.add(-0.5);
    assertThat(values.ranked(0)).isEqualTo(-7);
    assertThat(values.ranked(1)).isEqualTo(-0.5);
  }

  private static void assertSame(SortedValues values, List<Double> model, String as) {
    List<Double> sorted = new ArrayList<>(model);
    Collections.sort(sorted);
    for (int rank = 0; rank < sorted.size(); rank++) {
      assertThat(values.ranked(rank)).as("%s, rank %d", as, rank).isEqualTo(sorted.get(rank));
    }
  }
}
