package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.result.DecimalText;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-7",
        "0.1",
        "-0.1",
        "123.456",
        "9007199254740992",
        "9007199254740993",
        "999999999999999999",
        "1234567890123456789",
        "0.30000000000000004",
        "1e-7",
        "1.5e+300",
        "100000000000000000000",
        "0.000001",
        "4.9e-324",
        "0.0000000000000001"
      })
  void isTheNearestDouble(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void everyNumberThatIsStoredIsReadAsItWas() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      double number =
          switch (i % 4) {
            case 0 -> random.nextInt(1_000_000);
            case 1 -> random.nextInt() / 1e3;
            case 2 -> random.nextGaussian() * 1e3;
            default -> Double.longBitsToDouble(random.nextLong());
          };
      if (Double.isFinite(number)) {
        assertThat(parse(DecimalText.of(number))).as("seed %d, step %d", seed, i).isEqualTo(number);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1.", ".5x", "1.2.3", "abc", "1a", "--1", "é"})
  void whatIsNoNumberIsRejectedOrReadAsJavaDoes(String text) {
    try {
      double number = Double.parseDouble(text);
      assertThat(parse(text)).isEqualTo(number);
    } catch (NumberFormatException e) {
      assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> parse(text));
    }
  }

  private static double parse(String text) {
    return NumberText.parse(UTF_8.encode(text));
  }
}
