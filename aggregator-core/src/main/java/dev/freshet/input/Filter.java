package dev.freshet.input;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition on an event, which decides whether a feature sees it.
 *
 * <p>A comparison with an absent member is false, {@link #isNot} too; {@link #absent} asks for
 * that.
 */
public sealed interface Filter {

  /** The inputs that it looks at. */
  default List<Input> inputs() {
    return parts().stream().flatMap(each -> each.inputs().stream()).toList();
  }

  /** The filters that it joins; empty if it looks at the event itself. */
  default List<Filter> parts() {
    return List.of();
  }

  /** Passes events whose text equals another. */
  static Filter is(String path, String text) {
    return new OneOf(new Input.Text(path), Set.of(text), true);
  }

  /** Passes events that have the text, and another one. */
  static Filter isNot(String path, String text) {
    return new OneOf(new Input.Text(path), Set.of(text), false);
  }

  /** Passes events whose text is one of some. */
  static Filter oneOf(String path, String... texts) {
    return new OneOf(new Input.Text(path), Set.of(texts), true);
  }

  /** Passes events whose member is {@code true}. */
  static Filter isTrue(String path) {
    return new Compare(new Input.Flag(path), Comparison.EQUAL, BigDecimal.ONE);
  }

  /** Passes events whose member is {@code false}. */
  static Filter isFalse(String path) {
    return new Compare(new Input.Flag(path), Comparison.EQUAL, BigDecimal.ZERO);
  }

  /** Passes events whose number is greater than another. */
  static Filter above(Input number, double bound) {
    return new Compare(number, Comparison.ABOVE, BigDecimal.valueOf(bound));
  }

  /** Passes events whose number is at least another. */
  static Filter atLeast(Input number, double bound) {
    return new Compare(number, Comparison.AT_LEAST, BigDecimal.valueOf(bound));
  }

  /** Passes events whose number is less than another. */
  static Filter below(Input number, double bound) {
    return new Compare(number, Comparison.BELOW, BigDecimal.valueOf(bound));
  }

  /** Passes events whose number is at most another. */
  static Filter atMost(Input number, double bound) {
    return new Compare(number, Comparison.AT_MOST, BigDecimal.valueOf(bound));
  }

  /** Passes events whose number equals another. */
  static Filter equalTo(Input number, double other) {
    return new Compare(number, Comparison.EQUAL, BigDecimal.valueOf(other));
  }

  /** Passes events that lack a member, or whose member is null. */
  static Filter absent(String path) {
    return new Absent(path);
  }

  /** Passes events that have a member. */
  static Filter present(String path) {
    return not(absent(path));
  }

  /** Passes events of some types. */
  static Filter typeIs(TypeName... types) {
    return new OfType(Stream.of(types).map(TypeName::name).collect(Collectors.toSet()));
  }

  /** Passes events that another filter does not pass, those without its member among them. */
  static Filter not(Filter filter) {
    return new Not(filter);
  }

  /** Passes events that all filters pass. */
  static Filter all(Filter... filters) {
    return new All(List.of(filters));
  }

  /** Passes events that one of the filters passes. */
  static Filter any(Filter... filters) {
    return new Any(List.of(filters));
  }

  /** A comparison of numbers, and its sign. */
  enum Comparison {
    ABOVE(">"),
    AT_LEAST("≥"),
    BELOW("<"),
    AT_MOST("≤"),
    EQUAL("=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** Returns whether the result of {@code left.compareTo(right)} fits. */
    public boolean fits(int compared) {
      return switch (this) {
        case ABOVE -> compared > 0;
        case AT_LEAST -> compared >= 0;
        case BELOW -> compared < 0;
        case AT_MOST -> compared <= 0;
        case EQUAL -> compared == 0;
      };
    }
  }

  /**
   * Compares a text with others.
   *
   * @param equal whether it must be one of them, or none
   */
  record OneOf(Input input, Set<String> texts, boolean equal) implements Filter {
    public OneOf {
      if (texts.isEmpty()) {
        throw new IllegalArgumentException("a filter of " + input + " needs a text");
      }
      texts = Set.copyOf(texts);
    }

    @Override
    public List<Input> inputs() {
      return List.of(input);
    }

    @Override
    public String toString() {
      return input
          + (equal ? " is " : " is not ")
          + texts.stream().sorted().collect(Collectors.joining(" or "));
    }
  }

  /** Compares a number with a constant. */
  record Compare(Input input, Comparison comparison, BigDecimal bound) implements Filter {
    public Compare {
      if (input.isText()) {
        throw new IllegalArgumentException(
            "a filter compares a number with %s, not the text %s".formatted(bound, input));
      }
      bound = bound.stripTrailingZeros();
    }

    @Override
    public List<Input> inputs() {
      return List.of(input);
    }

    @Override
    public String toString() {
      return input + " " + comparison.sign + " " + bound.toPlainString();
    }
  }

  /** See {@link #absent}. */
  record Absent(String path) implements Filter {
    @Override
    public String toString() {
      return path + " is absent";
    }
  }

  /** See {@link #typeIs}. */
  record OfType(Set<String> types) implements Filter {
    public OfType {
      types = Set.copyOf(types);
    }

    @Override
    public String toString() {
      return types.stream().sorted().collect(Collectors.joining(" or "));
    }
  }

  /** See {@link #not}. */
  record Not(Filter filter) implements Filter {
    @Override
    public List<Filter> parts() {
      return List.of(filter);
    }

    @Override
    public String toString() {
      return "not (" + filter + ")";
    }
  }

  /** See {@link #all}. */
  record All(List<Filter> filters) implements Filter {
    public All {
      filters = List.copyOf(filters);
    }

    @Override
    public List<Filter> parts() {
      return filters;
    }

    @Override
    public String toString() {
      return filters.stream().map(each -> "(" + each + ")").collect(Collectors.joining(" and "));
    }
  }

  /** See {@link #any}. */
  record Any(List<Filter> filters) implements Filter {
    public Any {
      filters = List.copyOf(filters);
    }

    @Override
    public List<Filter> parts() {
      return filters;
    }

    @Override
    public String toString() {
      return filters.stream().map(each -> "(" + each + ")").collect(Collectors.joining(" or "));
    }
  }
}
