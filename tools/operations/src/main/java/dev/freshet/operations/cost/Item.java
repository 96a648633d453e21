package dev.freshet.operations.cost;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One line of a bill: a sum of products, which are printed as they are multiplied.
 *
 * @param name what is billed
 * @param terms the sum
 */
public record Item(String name, List<Product> terms) {

  /**
   * A number with its unit.
   *
   * @param text how it is printed
   */
  record Factor(double value, String text) {

    static Factor of(double value, String unit) {
      return new Factor(value, unit.isEmpty() ? number(value) : number(value) + unit);
    }
  }

  /** Numbers that are multiplied. */
  record Product(List<Factor> factors) {

    static Product of(Factor... factors) {
      return new Product(List.of(factors));
    }

    double value() {
      return factors.stream().mapToDouble(Factor::value).reduce(1, (left, right) -> left * right);
    }

    @Override
    public String toString() {
      return factors.stream().map(Factor::text).collect(Collectors.joining(" × "));
    }
  }

  static Item of(String name, Product... terms) {
    return new Item(name, List.of(terms));
  }

  public double dollars() {
    return terms.stream().mapToDouble(Product::value).sum();
  }

  /** Returns the arithmetic, such as {@code 7 × 730 h × $0.015}. */
  public String arithmetic() {
    return terms.stream().map(Product::toString).collect(Collectors.joining(" + "));
  }

  /** Returns a number with three digits, and all digits before the point. */
  static String number(double value) {
    if (value == Math.rint(value) || value >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    int decimals = value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
