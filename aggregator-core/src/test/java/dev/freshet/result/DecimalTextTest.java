package dev.freshet.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "7, 7",
    "-7, -7",
    "1e15, 1000000000000000",
    "9007199254740991, 9007199254740991",
    "1e22, 1E22",
    "1.5e300, 1.5E300",
    "0.1, 0.1",
    "-0.25, -0.25",
    "1e-7, 1E-7",
    "1.25e-7, 1.25E-7",
    "2e-3, 0.002",
    "2.0E-3, 0.002",
    "4.9e-324, 4.9E-324",
    "1.7976931348623157E308, 1.7976931348623157E308"
  })
  void aNumberHasOneText(double number, String text) {
    assertThat(DecimalText.of(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRejected(double number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecimalText.of(number))
        .withMessage("not a finite number: " + number);
  }

  @Test
  void randomNumbersAreParsedBackAndNeverLongerThanJavaWritesThem() {
    long seed = 754;
    Random random = new Random(seed);
    for (int step = 0; step < 100_000; step++) {
      double number =
          step % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian() * 1e4;
      if (Double.isFinite(number)) {
        String text = DecimalText.of(number);
        assertThat(Double.parseDouble(text)).as("seed %d: %s", seed, number).isEqualTo(number);
        assertThat(text.length())
            .as("seed %d: %s", seed, text)
            .isLessThanOrEqualTo(Double.toString(number).length());
      }
    }
  }

  @Test
  void randomIntegersAreTheirDigits() {
    long seed = 53;
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      long number = random.nextLong() >> (11 + random.nextInt(50));
      assertThat(DecimalText.of((double) number))
          .as("seed %d", seed)
          .isEqualTo(Long.toString(number));
    }
  }
}
