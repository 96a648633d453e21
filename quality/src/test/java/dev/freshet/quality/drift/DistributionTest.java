package dev.freshet.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests quantiles and mean against numpy and against a count. */
class DistributionTest {

  /**
   * Made with numpy 2.4.6: {@code i = np.arange(500); x = np.maximum(0, i * 7919 % 1009 / 10 - 30);
   * x.mean(), np.quantile(x, [.01, .1, .25, .5, .75, .9, .99])}.
   */
  @Test
  void agreesWithNumpy() {
    double[] sorted = Values.made(7919, 1009, 10);
    Arrays.sort(sorted);

    Distribution found = Distribution.of(sorted);

    assertThat(found.mean()).isCloseTo(24.8444, within(1e-12));
    assertThat(new double[] {found.p01(), found.p10(), found.p25(), found.p50()})
        .containsExactly(new double[] {0, 0, 0, 20.35}, within(1e-12));
    assertThat(new double[] {found.p75(), found.p90(), found.p99()})
        .containsExactly(new double[] {45.47500000000001, 60.61, 69.70100000000001}, within(1e-12));
  }

  @Test
  void hasAboutItsShareOfTheNumbersBelowEachQuantile() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      double[] sorted = random.doubles(1 + random.nextInt(200)).map(x -> 1 / x).sorted().toArray();
      double share = random.nextDouble();
      double quantile = Distribution.quantile(sorted, share);
      long below = Arrays.stream(sorted).filter(each -> each < quantile).count();
      long notAbove = Arrays.stream(sorted).filter(each -> each <= quantile).count();
      assertThat(share * (sorted.length - 1))
          .as("share %s of %s", share, Arrays.toString(sorted))
          .isBetween(below - 1 - 1e-9, notAbove + 1e-9);
    }
  }

  @Test
  void greatNumbersDoNotOverflow() {
    Distribution found = Distribution.of(new double[] {-1.7e308, 1.7e308, 1.7e308, 1.7e308});
    assertThat(found.mean()).isCloseTo(0.85e308, within(1e295));
    assertThat(found.p10()).isFinite();
    assertThat(found.change(found)).isNotNull();
  }

  @Test
  void changeIsInSpreadsOfTheBaseline() {
    Distribution baseline = Distribution.of(new double[] {0, 1, 2, 3, 4});
    assertThat(baseline.change(baseline)).isZero();
    assertThat(Distribution.of(new double[] {4, 5, 6, 7, 8}).change(baseline)).isEqualTo(2);
    assertThat(Distribution.of(new double[] {0, 1, 2, 3, 44}).change(baseline))
        .as("the mean has moved by 8, the median has not")
        .isEqualTo(4);
    assertThat(baseline.change(Distribution.of(new double[] {1, 1, 1}))).as("no spread").isNull();
    assertThat(
            Distribution.of(new double[] {-1, -1, -1})
                .change(Distribution.of(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 10})))
        .as("a few values make the spread")
        .isBetween(-0.3, -0.1);
  }
}
