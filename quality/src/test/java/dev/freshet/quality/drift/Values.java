package dev.freshet.quality.drift;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.util.Arrays;
import java.util.Random;

/** Values for tests. */
final class Values {

  private Values() {}

  static Observations numbers(double... numbers) {
    Observations observed = new Observations(Kind.NUMBER, new Random(1));
    for (double each : numbers) {
      observed.add(Double.isNaN(each) ? null : Double.toString(each));
    }
    return observed;
  }

  static Observations texts(String... texts) {
    Observations observed = new Observations(Kind.TEXT, new Random(1));
    Arrays.stream(texts).forEach(observed::add);
    return observed;
  }

  /**
   * Makes 500 numbers, a third of them 0: {@code max(0, i · factor mod modulus / divisor − 30)}.
   */
  static double[] made(int factor, int modulus, double divisor) {
    double[] numbers = new double[500];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.max(0, (long) i * factor % modulus / divisor - 30);
    }
    return numbers;
  }
}
