package dev.freshet.definition;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A feature computed from other features of its group; absent if one of them is, or if the result
 * is not finite.
 *
 * @param name lower snake case
 * @param formula for people to read, in the names of the features
 * @param of the names of the features that it is computed from
 * @param function a pure function of their values, in the order of {@code of}
 */
public record Derived(
    String name, String formula, List<String> of, ToDoubleFunction<double[]> function) {

  public Derived {
    Names.requireSnakeCase("derived feature", name);
    of = List.copyOf(of);
    if (of.isEmpty()) {
      throw new IllegalArgumentException(
          "derived feature " + name + " needs the features that it is computed from");
    }
  }

  /** Divides one feature by another; absent if that is 0. */
  public static Derived ratio(String name, String numerator, String denominator) {
    return new Derived(
        name,
        numerator + " / " + denominator,
        List.of(numerator, denominator),
        values -> values[0] / values[1]);
  }

  /** Subtracts one feature from another. */
  public static Derived difference(String name, String minuend, String subtrahend) {
    return new Derived(
        name,
        minuend + " − " + subtrahend,
        List.of(minuend, subtrahend),
        values -> values[0] - values[1]);
  }

  /**
   * Applies a function to features.
   *
   * @param formula for people to read
   * @param function a pure function of the values of {@code of}, in that order
   */
  public static Derived derived(
      String name, String formula, ToDoubleFunction<double[]> function, String... of) {
    return new Derived(name, formula, List.of(of), function);
  }
}
