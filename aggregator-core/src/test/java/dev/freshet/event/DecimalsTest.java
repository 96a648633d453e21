package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(9);
  private static final long OUT_OF_RANGE = Long.MIN_VALUE;

  /** Returns the millionths of an amount. */
  private static long micros(String number) {
    Decimals decimal = new Decimals(number);
    return decimal.isBelow(9) ? decimal.rounded(6) : OUT_OF_RANGE;
  }

  @Test
  void decimalsOfEveryScaleAreRoundedHalfToEven() {
    long seed = 18;
    Random random = new Random(seed);
    BigDecimal most = BigDecimal.TEN.pow(12);
    for (int step = 0; step < 50_000; step++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(24) - 4);
      String text = random.nextBoolean() ? number.toString() : number.toPlainString();
      int scale = random.nextInt(10);
      Decimals decimal = new Decimals(text);
      assertThat(decimal.isAtMost(12)).as(text).isEqualTo(number.abs().compareTo(most) <= 0);
      if (decimal.isAtMost(12)) {
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_EVEN);
        assertThat(unscaled(decimal, scale))
            .as("seed %d: %s to %d", seed, text, scale)
            .isEqualTo(rounded.unscaledValue());
      }
      if (number.abs().compareTo(LIMIT) < 0) {
        assertThat(decimal.cut(3))
            .as(text)
            .isEqualTo(number.setScale(3, RoundingMode.DOWN).unscaledValue().longValueExact());
        assertThat(decimal.cut(-3))
            .as(text)
            .isEqualTo(number.setScale(-3, RoundingMode.DOWN).unscaledValue().longValueExact());
      }
    }
  }

  private static BigInteger unscaled(Decimals decimal, int scale) {
    if (scale <= 6) {
      return BigInteger.valueOf(decimal.rounded(scale));
    }
    long[] places = new long[3];
    decimal.split(scale, places, 1);
    BigInteger unit = BigInteger.TEN.pow(scale);
    assertThat(BigInteger.valueOf(places[2]).abs()).isLessThan(unit);
    assertThat(Long.signum(places[1]) * Long.signum(places[2])).isNotNegative();
    return BigInteger.valueOf(places[1]).multiply(unit).add(BigInteger.valueOf(places[2]));
  }

  @Test
  void tenToThe12thIsIncludedAndNothingAbove() {
    for (String in : new String[] {"1000000000000", "-1e12", "10.000e11", "0.1e13", "0", "0e99"}) {
      assertThat(new Decimals(in).isAtMost(12)).as(in).isTrue();
    }
    for (String out : new String[] {"1000000000000.0000000001", "1e13", "-2e12", "10.001e11"}) {
      assertThat(new Decimals(out).isAtMost(12)).as(out).isFalse();
    }
    assertThat(new Decimals("1e12").rounded(6)).isEqualTo(1_000_000_000_000_000_000L);
  }

  @Test
  void aDecimalTextIsDigitsWithSignFractionAndExponent() {
    for (String text :
        new String[] {"0", "-12.50", "+7", "007.5", "1E+3", "1e-7", "9".repeat(50)}) {
      assertThat(Decimals.isDecimal(text)).as(text).isTrue();
    }
    String[] others = {
      "",
      " 1",
      "1 ",
      "-",
      "+",
      ".5",
      "5.",
      "1.e3",
      "1e",
      "1e+",
      "1,5",
      "0x1",
      "1.2.3",
      "--1",
      "NaN",
      "Infinity",
      "١",
      "1f"
    };
    for (String text : others) {
      assertThat(Decimals.isDecimal(text)).as(text).isFalse();
    }
  }

  @Test
  void randomAmountsAreExactOrOutOfRange() {
    long seed = 6;
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(24) - 4);
      String text = random.nextBoolean() ? number.toString() : number.toPlainString();
      assertThat(micros(text)).as("seed %d: %s", seed, text).isEqualTo(expected(number));
    }
  }

  private static long expected(BigDecimal number) {
    return number.abs().compareTo(LIMIT) < 0
        ? number.setScale(6, RoundingMode.HALF_EVEN).movePointRight(6).longValueExact()
        : OUT_OF_RANGE;
  }

  @Test
  void anExponentCostsNothingHoweverLarge() {
    for (String large : new String[] {"1e2147483647", "10e2147483648", "1e99999999999999999999"}) {
      assertThat(micros(large)).as(large).isEqualTo(OUT_OF_RANGE);
      assertThat(micros("-" + large)).as(large).isEqualTo(OUT_OF_RANGE);
    }
    for (String small : new String[] {"1e-2147483648", "9e-999999999999", "-1.5E-99999999999999"}) {
      assertThat(micros(small)).as(small).isZero();
    }
    assertThat(micros("0e2147483647")).isZero();
  }

  @Test
  void aHalfGoesToTheEvenMillionth() {
    assertThat(micros("0.0000005")).isZero();
    assertThat(micros("0.00000050000000000000000001")).isEqualTo(1);
    assertThat(micros("0.0000015")).isEqualTo(2);
    assertThat(micros("-0.0000015")).isEqualTo(-2);
    assertThat(micros("2.5e-6")).isEqualTo(2);
    assertThat(micros("3.50E-6")).isEqualTo(4);
    assertThat(micros("1.9999995")).isEqualTo(2_000_000);
    assertThat(micros("25e-7")).isEqualTo(2);
    assertThat(micros("0.30000000000000004")).isEqualTo(300_000);
    assertThat(micros("0.1e1")).isEqualTo(1_000_000);
  }

  @Test
  void aMagnitudeJustBelowTheLimitIsInRangeThoughItIsRoundedToIt() {
    assertThat(micros("999999999.9999999")).isEqualTo(1_000_000_000_000_000L);
    assertThat(micros("1000000000")).isEqualTo(OUT_OF_RANGE);
  }

  @Test
  void aNumberMayHaveAnyNumberOfDigits() {
    assertThat(micros("1." + "0".repeat(200_000))).isEqualTo(1_000_000);
    assertThat(micros("0." + "1".repeat(200_000))).isEqualTo(111_111);
    assertThat(micros("0." + "0".repeat(199_999) + "1e200000")).isEqualTo(1_000_000);
    assertThat(micros("1" + "0".repeat(200_000) + "e-200000")).isEqualTo(1_000_000);
    assertThat(micros("1".repeat(200_000))).isEqualTo(OUT_OF_RANGE);
  }
}
