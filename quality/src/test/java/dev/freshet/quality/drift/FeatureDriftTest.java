package dev.freshet.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.quality.drift.FeatureDrift.Reading;
import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what is said of a feature beside its baseline. */
class FeatureDriftTest {

  private static final WatchedFeature NUMBER = new WatchedFeature("g:f", "place", Kind.NUMBER);
  private static final WatchedFeature TEXT = new WatchedFeature("g:t", "place", Kind.TEXT);

  @Test
  void aConstantThatMovesIsFoundThoughItHasNoSpread() {
    for (double moved : new double[] {4, 6, -5, 1e300}) {
      FeatureDrift drift = compare(constant(5, 500), constant(moved, 500));
      assertThat(drift.reading()).isEqualTo(Reading.SHIFTED);
      assertThat(drift.change()).isNull();
    }
    FeatureDrift same = compare(constant(5, 500), constant(5, 500));
    assertThat(same.psi()).isZero();
    assertThat(same.reading()).isEqualTo(Reading.STABLE);
  }

  @Test
  void zeroIsZeroWhateverItsSign() {
    assertThat(compare(constant(0, 500), constant(-0.0, 500)).psi()).isZero();
    assertThat(compare(constant(-0.0, 500), constant(0, 500)).psi()).isZero();
  }

  @Test
  void valuesThatBecomeAbsentAreAShift() {
    double[] half = IntStream.range(0, 500).mapToDouble(i -> i % 2 == 0 ? i : Double.NaN).toArray();
    double[] all = IntStream.range(0, 500).mapToDouble(i -> i).toArray();

    FeatureDrift drift = compare(all, half);

    assertThat(drift.now().absent()).isEqualTo(0.5);
    assertThat(drift.absentChange()).isEqualTo(0.5);
    assertThat(drift.reading()).isEqualTo(Reading.SHIFTED);
    FeatureDrift gone = compare(all, constant(Double.NaN, 500));
    assertThat(gone.now().numbers()).isNull();
    assertThat(gone.change()).isNull();
    assertThat(gone.reading()).isEqualTo(Reading.SHIFTED);
  }

  @Test
  void ofTooFewValuesNothingIsSaid() {
    double[] many = IntStream.range(0, 5_000).mapToDouble(i -> i % 100).toArray();
    double[] few = IntStream.range(0, 99).mapToDouble(i -> 1_000).toArray();
    assertThat(compare(many, few).reading()).isEqualTo(Reading.TOO_FEW);
    assertThat(compare(few, many).reading()).isEqualTo(Reading.TOO_FEW);
    assertThat(compare(many, few).psi()).isNull();
    assertThat(compare(many, few).isOver(0)).isFalse();
    assertThat(compare(many, new double[0]).reading()).isEqualTo(Reading.TOO_FEW);
    assertThat(compare(many, Arrays.copyOf(many, 150)).reading())
        .as("enough beside a large baseline")
        .isNotEqualTo(Reading.TOO_FEW);
    assertThat(compare(Arrays.copyOf(many, 150), Arrays.copyOf(many, 150)).reading())
        .as("chance alone could reach 0.25")
        .isEqualTo(Reading.TOO_FEW);
  }

  @Test
  void aTextThatBecomesFrequentIsAShift() {
    FeatureDrift drift = compareTexts(texts("red", 300, "blue", 200), texts("red", 300, "x", 200));

    assertThat(drift.now().texts()).extracting(Profile.Frequent::text).containsExactly("red", "x");
    assertThat(drift.baseline().texts().get(0)).isEqualTo(new Profile.Frequent("red", 0.6));
    assertThat(drift.reading()).isEqualTo(Reading.SHIFTED);
    assertThat(compareTexts(texts("red", 300, "blue", 200), texts("blue", 200, "red", 300)).psi())
        .isZero();
  }

  @Test
  void textsThatOnlySingleEntitiesHaveAreNotKept() {
    String[] ids = IntStream.range(0, 500).mapToObj(i -> "id-" + i).toArray(String[]::new);
    FeatureDrift drift = compareTexts(ids, ids);
    assertThat(drift.now().texts()).isEmpty();
    assertThat(drift.psi()).as("all are others").isZero();
  }

  @Test
  void hostileTextsAreCutAndCounted() {
    String huge = "x".repeat(1 << 20);
    FeatureDrift drift =
        compareTexts(texts(huge, 250, "\u001b[2J\u0000'\"", 250), texts(huge, 250, "", 250));
    assertThat(drift.baseline().texts())
        .extracting(each -> each.text().length())
        .containsExactlyInAnyOrder(257, 7);
    assertThat(drift.reading()).isEqualTo(Reading.SHIFTED);
  }

  @Test
  void whatIsNoFiniteNumberIsAbsent() {
    Observations observed = new Observations(Kind.NUMBER, new Random(1));
    for (String each : new String[] {"NaN", "Infinity", "-1e999", "", "4,5", "0x1G", "7"}) {
      observed.add(each);
    }
    assertThat(Profile.of(Kind.NUMBER, observed))
        .satisfies(each -> assertThat(each.values()).isEqualTo(7))
        .satisfies(each -> assertThat(each.numbers().mean()).isEqualTo(7));
  }

  @Test
  void ofMoreValuesThanAreHeldEachHasTheSameChance() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Observations observed = new Observations(Kind.NUMBER, new Random(seed));
    int seen = 4 * Observations.MOST;
    for (int i = 0; i < seen; i++) {
      observed.add(Integer.toString(i));
    }
    assertThat(observed.sorted()).hasSize(Observations.MOST).doesNotHaveDuplicates();
    double quarter = Distribution.quantile(observed.sorted(), 0.25);
    assertThat(quarter / seen).isBetween(0.24, 0.26);
  }

  private static FeatureDrift compare(double[] baseline, double[] now) {
    return compare(NUMBER, Values.numbers(baseline), Values.numbers(now));
  }

  private static FeatureDrift compareTexts(String[] baseline, String[] now) {
    return compare(TEXT, Values.texts(baseline), Values.texts(now));
  }

  private static FeatureDrift compare(
      WatchedFeature feature, Observations baseline, Observations now) {
    return FeatureDrift.of(feature, now, Baseline.of(feature, baseline, Instant.EPOCH, "test"));
  }

  private static double[] constant(double value, int number) {
    return Collections.nCopies(number, value).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String[] texts(String one, int ofOne, String other, int ofOther) {
    String[] texts = new String[ofOne + ofOther];
    Arrays.fill(texts, 0, ofOne, one);
    Arrays.fill(texts, ofOne, texts.length, other);
    return texts;
  }
}
