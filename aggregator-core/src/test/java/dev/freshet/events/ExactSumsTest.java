package dev.freshet.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares exact sums of inputs of every scale with {@code BigDecimal}. */
class ExactSumsTest {

  private static final long GREATEST = 1_000_000_000_000L;

  @Test
  void sumsMeansAndDeviationsEqualThoseOfBigDecimal() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      Input input = Input.decimal("x").scale(seed % 10);
      ExactSum sum = new ExactSum(input);
      SquareSum squares = new SquareSum(input);
      List<BigDecimal> model = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        boolean leaves = !model.isEmpty() && random.nextInt(3) == 0;
        BigDecimal number =
            leaves ? model.remove(random.nextInt(model.size())) : any(input, random);
        int sign = leaves ? -1 : 1;
        if (!leaves) {
          model.add(number);
        }
        sum.add(places(input, number), 0, sign);
        squares.add(places(input, number), 0, sign);
        assertSame(sum, squares, model, "seed %d, step %d".formatted(seed, step));
      }
    }
  }

  private static void assertSame(
      ExactSum sum, SquareSum squares, List<BigDecimal> model, String as) {
    BigDecimal all = model.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum.exactly()).as(as).isEqualByComparingTo(all);
    assertThat(sum.sum()).as(as).isEqualTo(all.doubleValue());
    if (model.isEmpty()) {
      return;
    }
    BigDecimal n = BigDecimal.valueOf(model.size());
    BigDecimal mean = all.divide(n, new MathContext(60));
    assertThat(sum.mean(model.size())).as(as).isEqualTo(mean.doubleValue());
    double deviations =
        model.stream()
            .map(each -> each.subtract(mean).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .doubleValue();
    assertThat(squares.squaredDeviations(model.size(), sum))
        .as(as)
        .isCloseTo(deviations, within(Math.ulp(deviations)));
  }

  @Test
  void theDeviationsOfEqualNumbersAreZero() {
    Input input = Input.decimal("x").scale(9);
    ExactSum sum = new ExactSum(input);
    SquareSum squares = new SquareSum(input);
    long[] tenth = places(input, new BigDecimal("999999999999.1"));
    for (int i = 0; i < 7; i++) {
      sum.add(tenth, 0, 1);
      squares.add(tenth, 0, 1);
    }
    assertThat(squares.squaredDeviations(7, sum)).isZero();
  }

  /** A hundred thousand of the greatest numbers do not fit into 64 bits. */
  @Test
  void sumsDoNotOverflow() {
    for (int scale : new int[] {0, 6, 9}) {
      Input input = Input.decimal("x").scale(scale);
      ExactSum sum = new ExactSum(input);
      long[] greatest = places(input, BigDecimal.valueOf(GREATEST));
      for (int i = 0; i < 100_000; i++) {
        sum.add(greatest, 0, 1);
      }
      assertThat(sum.sum()).isEqualTo(1e17);
      assertThat(sum.mean(100_000)).isEqualTo(1e12);
    }
  }

  private static BigDecimal any(Input input, Random random) {
    long units =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(10);
          case 1 -> random.nextLong() % GREATEST;
          default -> GREATEST - 1;
        };
    BigDecimal fraction = BigDecimal.valueOf(random.nextInt(1_000_000_000), 9);
    BigDecimal number = BigDecimal.valueOf(units).add(fraction);
    return (random.nextBoolean() ? number : number.negate())
        .setScale(input.scale(), java.math.RoundingMode.HALF_EVEN);
  }

  /** Returns a number in the places that it takes in an event. */
  private static long[] places(Input input, BigDecimal number) {
    BigDecimal scaled = number.setScale(input.scale());
    if (!Columns.isWide(input)) {
      return new long[] {scaled.unscaledValue().longValueExact()};
    }
    long units = scaled.longValue();
    return new long[] {
      units,
      scaled.subtract(BigDecimal.valueOf(units)).movePointRight(input.scale()).longValueExact()
    };
  }
}
