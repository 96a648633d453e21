package dev.freshet.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "7, 7",
    "-7, -7",
    "1e15, 1000000000000000",
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9007199254740992",
    "9007199254740994, 9007199254740994",
    "123456789012345680000, 123456789012345680000",
    "1e20, 100000000000000000000",
    "999999999999999900000, 999999999999999900000",
    "1e21, 1e+21",
    "1e22, 1e+22",
    "-1e21, -1e+21",
    "1.5e300, 1.5e+300",
    "0.1, 0.1",
    "-0.25, -0.25",
    "12003000.75, 12003000.75",
    "-12003000.75, -12003000.75",
    "1e7, 10000000",
    "1.5e7, 15000000",
    "12345678.9, 12345678.9",
    "0.001, 0.001",
    "0.0009, 0.0009",
    "0.000123456, 0.000123456",
    "1e-6, 0.000001",
    "1.25e-6, 0.00000125",
    "9.999999999999999e-7, 0.000001",
    "1e-7, 1e-7",
    "-1.25e-7, -1.25e-7",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2e-323, 2e-323",
    "4.4e-323, 4.4e-323",
    "5e-323, 5e-323",
    "6e-323, 6e-323",
    "1e-322, 1e-322",
    "1.04e-322, 1.04e-322",
    "9.9e-322, 9.9e-322",
    "2e23, 2e+23",
    "1e23, 1e+23",
    "9.5367431640625e-7, 9.5367431640625e-7",
    "0.30000000000000004, 0.30000000000000004",
    "4.35, 4.35",
    "1.1e-5, 0.000011",
    "100.5, 100.5",
    "1234567.125, 1234567.125",
    "2e-3, 0.002"
  })
  void aNumberHasTheTextThatEcmaScriptPrints(double number, String text) {
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
  void randomNumbersAreParsedBack() {
    long seed = 754;
    Random random = new Random(seed);
    for (int step = 0; step < 100_000; step++) {
      double number =
          step % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian() * 1e4;
      if (Double.isFinite(number)) {
        String text = DecimalText.of(number);
        assertThat(Double.parseDouble(text)).as("seed %d: %s", seed, number).isEqualTo(number);
      }
    }
  }

  @Test
  @Tag("verify")
  void theTextIsPlainFromAMillionthUpTo1e21AndElseHasAnExponent() {
    long seed = 262;
    Random random = new Random(seed);
    for (int step = 0; step < 100_000; step++) {
      double number = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
      String text = DecimalText.of(number);
      double magnitude = Math.abs(number);
      boolean plain = number == 0 || (magnitude >= 1e-6 && magnitude < 1e21);
      assertThat(text)
          .as("seed %d: %s", seed, number)
          .matches(
              plain
                  ? "-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?"
                  : "-?[1-9](\\.[0-9]*[1-9])?e([+]|-)[1-9][0-9]*");
      assertThat(Double.parseDouble(text)).as("seed %d: %s", seed, text).isEqualTo(number);
    }
  }

  /** Checks that no text with one digit less parses back, for each number of digits. */
  @Test
  @Tag("verify")
  void noShorterDigitsParseBack() {
    long seed = 17;
    Random random = new Random(seed);
    for (int step = 0; step < 50_000; step++) {
      double number =
          step % 10 == 0
              ? Double.MIN_VALUE * (1 + step)
              : Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        BigDecimal text = new BigDecimal(DecimalText.of(number)).stripTrailingZeros();
        BigDecimal shorter =
            new BigDecimal(number).round(new MathContext(Math.max(1, text.precision() - 1)));
        assertThat(text.precision() == 1 || shorter.doubleValue() != number)
            .as("seed %d: %s", seed, text)
            .isTrue();
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
