package dev.freshet.aggregation;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.variance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Aggregates;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AggregationsTest {

  @Test
  void featuresAreNamedAsTheCatalogueNamesThem() {
    assertThat(
            Stream.of(count(), mean(), variance(), stddev(), min(), max(), percentile(50))
                .map(each -> each.aggregation().name()))
        .containsExactly("count", "mean", "variance", "stddev", "min", "max", "p50");
    assertThat(
            Stream.of(
                    rollingMean(10),
                    ewma(),
                    slope(),
                    Aggregates.dominantFrequency(),
                    Aggregates.spectralEntropy())
                .map(each -> each.aggregation().name()))
        .containsExactly(
            "rolling_mean_10", "ewma", "slope", "dominant_frequency", "spectral_entropy");
  }

  @Test
  void samplesRejectAnEmptyWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(Samples::of)
        .withMessage("samples must hold at least one value: []");
  }

  @Test
  void countIsTheNumberOfValuesHeld() {
    assertThat(apply(count(), 7, 7, 9)).isEqualTo(3);
  }

  @Test
  void meansOfEqualValuesAreExactlyThatValue() {
    assertThat(apply(mean(), tenths())).isEqualTo(0.1);
    assertThat(apply(rollingMean(10), tenths())).isEqualTo(0.1);
    assertThat(apply(ewma(), tenths())).isEqualTo(0.1);
  }

  @Test
  void varianceOfOneValueIsAbsent() {
    assertThat(apply(variance(), 5)).isNaN();
    assertThat(apply(stddev(), 5)).isNaN();
  }

  @Test
  void varianceDividesByOneLessThanTheCount() {
    assertThat(apply(variance(), 1, 3, 5, 7)).isCloseTo(20.0 / 3, within(1e-14));
    assertThat(apply(stddev(), 2, 4)).isCloseTo(Math.sqrt(2), within(1e-15));
  }

  @Test
  void varianceOfEqualValuesIsExactlyZero() {
    assertThat(apply(variance(), tenths())).isEqualTo(0.0);
  }

  @Test
  void varianceKeepsItsDigitsBesideALargeOffset() {
    double ulp = Math.ulp(1e9);

    assertThat(apply(variance(), 1e9, 1e9 + ulp, 1e9 + 3 * ulp) / (ulp * ulp))
        .isCloseTo(7.0 / 3, within(1e-14));
  }

  @Test
  void minAndMaxAreTheExtremes() {
    assertThat(apply(min(), 3, 1, 2)).isEqualTo(1);
    assertThat(apply(max(), 2, 3, 1)).isEqualTo(3);
  }

  @Test
  void percentileInterpolatesBetweenOrderStatistics() {
    assertThat(apply(percentile(50), 40, 10, 30, 20)).isEqualTo(25);
    assertThat(apply(percentile(90), 40, 10, 30, 20)).isCloseTo(37, within(1e-13));
  }

  @Test
  void percentilesZeroAndHundredAreTheExtremes() {
    assertThat(apply(percentile(0), 3, 1, 2)).isEqualTo(1);
    assertThat(apply(percentile(100), 3, 1, 2)).isEqualTo(3);
  }

  @Test
  void percentileOfOneValueIsThatValue() {
    assertThat(apply(percentile(90), 42)).isEqualTo(42);
  }

  @Test
  void percentileRejectsOtherNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> percentile(101))
        .withMessage("percentile must be 0 to 100: 101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> percentile(-1))
        .withMessage("percentile must be 0 to 100: -1");
  }

  @Test
  void percentileKeepsTheOrderForOthers() {
    Samples falling = Samples.of(9, 6, 3);
    percentile(50).aggregation().apply(falling);

    assertThat(slope().aggregation().apply(falling)).isEqualTo(-3);
    assertThat(falling.get(0)).isEqualTo(9);
  }

  @Test
  void rollingMeanReadsTheNewestValues() {
    assertThat(apply(rollingMean(2), 100, 1, 2)).isEqualTo(1.5);
  }

  @Test
  void rollingMeanIsAbsentWhileFewerValuesAreHeld() {
    assertThat(apply(rollingMean(3), 1, 2)).isNaN();
    assertThat(apply(rollingMean(2), 1, 2)).isEqualTo(1.5);
  }

  @Test
  void rollingMeanRejectsAnEmptySpan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rollingMean(0))
        .withMessage("rolling mean must cover at least 1 value: 0");
  }

  @Test
  void ewmaWeighsTheNewestValueMost() {
    // (0.64 · 10 + 0.8 · 20 + 30) / (0.64 + 0.8 + 1)
    assertThat(apply(ewma(), 10, 20, 30)).isCloseTo(52.4 / 2.44, within(1e-13));
  }

  @Test
  void slopeIsTheChangePerEvent() {
    assertThat(apply(slope(), 10, 12, 14, 16)).isEqualTo(2);
    assertThat(apply(slope(), 1, 2, 9)).isEqualTo(4);
  }

  @Test
  void slopeOfOneValueIsAbsent() {
    assertThat(apply(slope(), 10)).isNaN();
  }

  @Test
  void slopeOfEqualValuesIsExactlyZero() {
    assertThat(apply(slope(), tenths())).isEqualTo(0.0);
  }

  @Test
  void overflowGivesAbsentNotInfinity() {
    double big = Double.MAX_VALUE;
    double[] extremes = {-big, big, -big, big, -big, big, -big, big};

    assertThat(
            Stream.of(
                    mean(),
                    variance(),
                    stddev(),
                    percentile(50),
                    rollingMean(8),
                    ewma(),
                    slope(),
                    Aggregates.dominantFrequency(),
                    Aggregates.spectralEntropy())
                .map(each -> apply(each, extremes)))
        .containsOnly(Double.NaN);
  }

  private static double apply(OfEvents aggregate, double... values) {
    return aggregate.aggregation().apply(Samples.of(values));
  }

  /** Ten times 0.1, whose binary sum is not 1. */
  private static double[] tenths() {
    double[] values = new double[10];
    Arrays.fill(values, 0.1);
    return values;
  }
}
