package dev.freshet.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the population stability index, and how often it errs. */
class StabilityIndexTest {

  private static final WatchedFeature FEATURE = new WatchedFeature("g:f", "place", Kind.NUMBER);

  /**
   * Made with numpy 2.4.6, with x as in {@link DistributionTest} and y of other constants: {@code i
   * = np.arange(500); y = np.maximum(0, i * 104729 % 997 / 8 - 30); d = np.quantile(x, np.arange(1,
   * 10) / 10); e = sorted(set(d) | {np.nextafter(v, -np.inf) for v in d if list(d).count(v) > 1});
   * c = lambda v: np.append(np.bincount(np.searchsorted(e, v), minlength=len(e) + 1), 0); u = c(x)
   * + c(y) > 0; a = (c(y)[u] + .5) / (500 + .5 * u.sum()); b = (c(x)[u] + .5) / (500 + .5 *
   * u.sum()); ((a - b) * np.log(a / b)).sum()}.
   */
  @Test
  void agreesWithNumpy() {
    Baseline baseline = baseline(Values.numbers(Values.made(7919, 1009, 10)));
    int[] now = baseline.bins().count(Values.numbers(Values.made(104729, 997, 8)));

    assertThat(baseline.counts()).containsExactly(0, 149, 1, 50, 50, 50, 50, 50, 50, 50, 0);
    assertThat(now).containsExactly(0, 125, 1, 37, 43, 37, 43, 38, 43, 133, 0);
    assertThat(StabilityIndex.of(baseline.countsInBins(), now).value())
        .isCloseTo(0.19626183341785847, within(1e-12));
  }

  @Test
  void isZeroForTheSameCountsAndNeverNegativeAndTheSameBothWays() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      int bins = 1 + random.nextInt(12);
      int[] a = random.ints(bins, 0, 50).toArray();
      int[] b = random.ints(bins, 0, 50).toArray();
      a[0]++;
      b[0]++;
      assertThat(StabilityIndex.of(a, a).value()).isZero();
      double there = StabilityIndex.of(a, b).value();
      assertThat(there).isNotNegative().isFinite();
      assertThat(StabilityIndex.of(b, a).value()).isCloseTo(there, within(1e-12));
    }
  }

  /** Tables of χ² have 10.828, 27.877, 29.588 and 31.264. */
  @Test
  void noiseIsThatOfTheTables() {
    for (int[] each : new int[][] {{1, 10828}, {9, 27877}, {10, 29588}, {11, 31264}}) {
      int[] counts = new int[each[0] + 1];
      Arrays.fill(counts, 1_000);
      double noise = StabilityIndex.of(counts, counts).noise();
      double quantile = noise * counts.length * 1_000 / 2;
      assertThat(quantile).isCloseTo(each[1] / 1e3, within(0.4));
    }
    assertThat(StabilityIndex.of(new int[] {7}, new int[] {9}).noise()).as("one bin").isZero();
  }

  @Test
  void unchangedFeaturesAreStableAndShiftedOnesAreFound() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int rounds = 2_000;
    int[] alarms = new int[3];
    int[] overNoise = new int[3];
    int missed = 0;
    DoubleUnaryOperator[] kinds = {
      x -> x, x -> Math.max(0, Math.floor(x * 2)), x -> Math.exp(2 * x)
    };
    int sample = 300;
    for (int round = 0; round < rounds; round++) {
      for (int kind = 0; kind < kinds.length; kind++) {
        Baseline baseline = baseline(drawn(random, sample, 0, kinds[kind]));
        FeatureDrift same =
            FeatureDrift.of(FEATURE, drawn(random, sample, 0, kinds[kind]), baseline);
        overNoise[kind] += same.isOver(0) ? 1 : 0;
        alarms[kind] += same.reading() == FeatureDrift.Reading.SHIFTED ? 1 : 0;
        FeatureDrift moved =
            FeatureDrift.of(FEATURE, drawn(random, sample, 1, kinds[kind]), baseline);
        missed += moved.reading() == FeatureDrift.Reading.SHIFTED ? 0 : 1;
      }
    }
    System.out.printf(
        "of %d unchanged features each: over noise %s, called shifted %s; missed shifts %d%n",
        rounds, Arrays.toString(overNoise), Arrays.toString(alarms), missed);
    assertThat(missed).isZero();
    assertThat(IntStream.of(alarms).sum()).isLessThan(10);
    assertThat(IntStream.of(overNoise).max().getAsInt()).isLessThan(rounds / 100);
  }

  private static Observations drawn(
      Random random, int sample, double shift, DoubleUnaryOperator kind) {
    return Values.numbers(
        random
            .ints(sample)
            .mapToDouble(unused -> kind.applyAsDouble(random.nextGaussian() + shift))
            .toArray());
  }

  private static Baseline baseline(Observations observed) {
    return Baseline.of(FEATURE, observed, Instant.EPOCH, "test");
  }
}
