package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmountsTest {

  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(9);

  @Test
  void randomAmountsAreExactOrOutOfRange() {
    long seed = 6;
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(24) - 4);
      String text = random.nextBoolean() ? number.toString() : number.toPlainString();
      assertThat(Amounts.micros(text)).as("seed %d: %s", seed, text).isEqualTo(expected(number));
    }
  }

  private static long expected(BigDecimal number) {
    boolean inRange =
        number.abs().compareTo(LIMIT) < 0
            && number.setScale(6, RoundingMode.DOWN).compareTo(number) == 0;
    return inRange ? number.movePointRight(6).longValueExact() : Amounts.OUT_OF_RANGE;
  }

  @Test
  void anExponentCostsNothingHoweverLarge() {
    for (String text :
        new String[] {
          "1e2147483647", "1e2147483648", "10e2147483647", "1e-2147483648", "1e-999999999999"
        }) {
      assertThat(Amounts.micros(text)).as(text).isEqualTo(Amounts.OUT_OF_RANGE);
      assertThat(Amounts.micros("-" + text)).as(text).isEqualTo(Amounts.OUT_OF_RANGE);
    }
    assertThat(Amounts.micros("0e2147483647")).isZero();
  }

  @Test
  void aNumberOfMoreThan64CharactersIsOutOfRange() {
    assertThat(Amounts.micros("1." + "0".repeat(62))).isEqualTo(1_000_000);
    assertThat(Amounts.micros("1." + "0".repeat(63))).isEqualTo(Amounts.OUT_OF_RANGE);
  }
}
