package dev.freshet.aggregation.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.aggregation.Samples;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SpectralFeaturesTest {

  @Test
  void spectralFeaturesAreAbsentBelowEightValues() {
    Samples seven = samples(7, i -> i);
    Samples eight = samples(8, i -> i);

    assertThat(new DominantFrequency().apply(seven)).isNaN();
    assertThat(new SpectralEntropy().apply(seven)).isNaN();
    assertThat(new DominantFrequency().apply(eight)).isEqualTo(1.0 / 8);
    assertThat(new SpectralEntropy().apply(eight)).isBetween(0.0, 1.0);
  }

  @Test
  void spectralFeaturesAreAbsentWhenAllValuesAreEqual() {
    // Ten times 0.1 is not 1 in binary, so a plain mean would leave a residue.
    Samples equal = samples(10, i -> 0.1);

    assertThat(new DominantFrequency().apply(equal)).isNaN();
    assertThat(new SpectralEntropy().apply(equal)).isNaN();
  }

  @Test
  void dominantFrequencyIsInCyclesPerEvent() {
    assertThat(new DominantFrequency().apply(samples(50, wave(50, 7)))).isEqualTo(7.0 / 50);
    assertThat(new DominantFrequency().apply(samples(49, wave(49, 7)))).isEqualTo(7.0 / 49);
  }

  @Test
  void dominantFrequencyFindsAWaveBesideALargeOffset() {
    assertThat(new DominantFrequency().apply(samples(50, i -> 1e9 + wave(50, 7).applyAsDouble(i))))
        .isEqualTo(7.0 / 50);
  }

  @Test
  void lowestOfTwoEquallyStrongFrequenciesWins() {
    IntToDoubleFunction low = wave(50, 4);
    IntToDoubleFunction high = wave(50, 11);

    assertThat(
            new DominantFrequency()
                .apply(samples(50, i -> low.applyAsDouble(i) + high.applyAsDouble(i))))
        .isEqualTo(4.0 / 50);
  }

  @Test
  void strongerFrequencyWinsWhereverItIs() {
    IntToDoubleFunction low = wave(50, 4);
    IntToDoubleFunction high = wave(50, 11);

    assertThat(
            new DominantFrequency()
                .apply(samples(50, i -> low.applyAsDouble(i) + (1 + 1e-8) * high.applyAsDouble(i))))
        .isEqualTo(11.0 / 50);
  }

  @Test
  void highestFrequencyOfAnEvenCountIsNotDoubled() {
    // A wave of amplitude 1 has power n / 2, an alternation of amplitude a has n a².
    assertThat(new DominantFrequency().apply(samples(16, i -> waveAndAlternation(i, 0.70))))
        .isEqualTo(2.0 / 16);
    assertThat(new DominantFrequency().apply(samples(16, i -> waveAndAlternation(i, 0.72))))
        .isEqualTo(0.5);
  }

  @Test
  void entropyOfAPureOscillationIsZero() {
    assertThat(new SpectralEntropy().apply(samples(50, wave(50, 7)))).isCloseTo(0, within(1e-12));
  }

  @Test
  void entropyOfOnePulseIsOne() {
    assertThat(new SpectralEntropy().apply(samples(9, i -> i == 3 ? 1 : 0)))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void differencesTooSmallToSquareAreAbsent() {
    Samples samples = samples(8, i -> i * 1e-300);

    assertThat(new DominantFrequency().apply(samples)).isNaN();
    assertThat(new SpectralEntropy().apply(samples)).isNaN();
  }

  private static double waveAndAlternation(int i, double amplitude) {
    return wave(16, 2).applyAsDouble(i) + (i % 2 == 0 ? amplitude : -amplitude);
  }

  private static IntToDoubleFunction wave(int n, int cycles) {
    return i -> Math.sin(2 * Math.PI * cycles * i / n + 0.3);
  }

  private static Samples samples(int n, IntToDoubleFunction value) {
    double[] values = new double[n];
    Arrays.setAll(values, value);
    return Samples.of(values);
  }
}
