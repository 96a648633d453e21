package dev.freshet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MastersTest {

  private static final int SLOTS = 16_384;

  @Test
  void eachMasterHasARangeOfAsManySlots() {
    for (int count : new int[] {1, 3, 64, 100}) {
      Masters masters = new Masters(count);
      int[] all = IntStream.range(0, count).flatMap(i -> Arrays.stream(masters.slots(i))).toArray();
      assertThat(all).isEqualTo(IntStream.range(0, SLOTS).toArray());
      for (int i = 0; i < count; i++) {
        assertThat(masters.slots(i).length).isBetween(SLOTS / count, SLOTS / count + 1);
      }
    }
  }

  @Test
  void theBusiestShareIsThatOfTheMasterWithMostWork() {
    double[] work = new double[SLOTS];
    work[0] = 1;
    work[SLOTS / 2 - 1] = 2;
    work[SLOTS - 1] = 5;
    assertThat(new Masters(1).busiestShare(work)).isEqualTo(1);
    assertThat(new Masters(2).busiestShare(work)).isCloseTo(5 / 8.0, within(1e-9));
    work[SLOTS / 2] = 4;
    assertThat(new Masters(2).busiestShare(work)).isCloseTo(9 / 12.0, within(1e-9));
    assertThat(new Masters(4).busiestShare(work)).isCloseTo(5 / 12.0, within(1e-9));
  }

  @Test
  void thereAreNotMoreMastersThanSlots() {
    assertThatThrownBy(() -> new Masters(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Masters(SLOTS + 1)).hasMessageContaining("16385");
  }
}
