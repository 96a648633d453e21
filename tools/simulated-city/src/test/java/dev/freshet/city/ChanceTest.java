package dev.freshet.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

  private final Chance chance = new Chance(new SplittableRandom(17));

  @Test
  void logNormalHasItsMedianAndAGreatestValue() {
    double[] draws =
        DoubleStream.generate(() -> chance.logNormal(100, 0.5)).limit(20_000).sorted().toArray();
    assertThat(draws[10_000]).isBetween(97.0, 103.0);
    assertThat(draws[19_999]).isBetween(300.0, 100 * Math.exp(0.5 * 2.5) + 1e-9);
  }

  @Test
  void weightsAreKept() {
    int[] seen = new int[3];
    IntStream.range(0, 20_000).forEach(i -> seen[chance.pick(new double[] {0.5, 0.75, 1})]++);
    assertThat(seen[0]).isBetween(9_700, 10_300);
    assertThat(seen[1]).isBetween(4_700, 5_300);
    assertThat(seen[2]).isBetween(4_700, 5_300);
  }
}
