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
    return number.abs().compareTo(LIMIT) < 0
        ? number.setScale(6, RoundingMode.HALF_EVEN).movePointRight(6).longValueExact()
        : Amounts.OUT_OF_RANGE;
  }

  @Test
  void anExponentCostsNothingHoweverLarge() {
    for (String large : new String[] {"1e2147483647", "10e2147483648", "1e99999999999999999999"}) {
      assertThat(Amounts.micros(large)).as(large).isEqualTo(Amounts.OUT_OF_RANGE);
      assertThat(Amounts.micros("-" + large)).as(large).isEqualTo(Amounts.OUT_OF_RANGE);
    }
    for (String small : new String[] {"1e-2147483648", "9e-999999999999", "-1.5E-99999999999999"}) {
      assertThat(Amounts.micros(small)).as(small).isZero();
    }
    assertThat(Amounts.micros("0e2147483647")).isZero();
  }

  @Test
  void aHalfGoesToTheEvenMillionth() {
    assertThat(Amounts.micros("0.0000005")).isZero();
    assertThat(Amounts.micros("0.00000050000000000000000001")).isEqualTo(1);
    assertThat(Amounts.micros("0.0000015")).isEqualTo(2);
    assertThat(Amounts.micros("-0.0000015")).isEqualTo(-2);
    assertThat(Amounts.micros("2.5e-6")).isEqualTo(2);
    assertThat(Amounts.micros("3.50E-6")).isEqualTo(4);
    assertThat(Amounts.micros("1.9999995")).isEqualTo(2_000_000);
    assertThat(Amounts.micros("25e-7")).isEqualTo(2);
    assertThat(Amounts.micros("0.30000000000000004")).isEqualTo(300_000);
    assertThat(Amounts.micros("0.1e1")).isEqualTo(1_000_000);
  }

  @Test
  void aMagnitudeJustBelowTheLimitIsInRangeThoughItIsRoundedToIt() {
    assertThat(Amounts.micros("999999999.9999999")).isEqualTo(1_000_000_000_000_000L);
    assertThat(Amounts.micros("1000000000")).isEqualTo(Amounts.OUT_OF_RANGE);
  }

  @Test
  void aNumberMayHaveAnyNumberOfDigits() {
    assertThat(Amounts.micros("1." + "0".repeat(200_000))).isEqualTo(1_000_000);
    assertThat(Amounts.micros("0." + "1".repeat(200_000))).isEqualTo(111_111);
    assertThat(Amounts.micros("0." + "0".repeat(199_999) + "1e200000")).isEqualTo(1_000_000);
    assertThat(Amounts.micros("1" + "0".repeat(200_000) + "e-200000")).isEqualTo(1_000_000);
    assertThat(Amounts.micros("1".repeat(200_000))).isEqualTo(Amounts.OUT_OF_RANGE);
  }
}
