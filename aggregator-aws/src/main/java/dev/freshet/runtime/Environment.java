package dev.freshet.runtime;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The environment variables of a function. A blank one counts as not set; one that cannot be read
 * throws {@link IllegalStateException} with its name and its value.
 */
public final class Environment {

  private final UnaryOperator<String> lookup;

  Environment(UnaryOperator<String> lookup) {
    this.lookup = lookup;
  }

  String require(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("set the environment variable " + name));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(lookup.apply(name)).filter(text -> !text.isBlank());
  }

  /** Reads a whole number of at least 1. */
  public int count(String name, int usual) {
    return optional(name).map(text -> count(name, text)).orElse(usual);
  }

  private static int count(String name, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // reported below, like numbers below 1
    }
    throw new IllegalStateException(
        name + " must be a whole number from 1 to 2147483647, not '" + text + "'");
  }

  /** Reads an ISO 8601 duration above zero. */
  public Duration duration(String name, Duration usual) {
    Duration duration = durationOrZero(name, usual);
    if (duration.isZero()) {
      throw new IllegalStateException(name + " must be positive: " + optional(name).orElseThrow());
    }
    return duration;
  }

  /** Reads an ISO 8601 duration. */
  Duration durationOrZero(String name, Duration usual) {
    return optional(name).map(text -> notNegative(name, text)).orElse(usual);
  }

  private static Duration notNegative(String name, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new IllegalStateException(name + " must not be negative: " + text);
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(name + " must be a duration such as P90D: " + text, e);
    }
  }

  /** Returns which of two words is set: whether it is the second; the first is the default. */
  boolean isSecondOf(String name, String first, String second) {
    String text = optional(name).orElse(first);
    if (!text.equals(first) && !text.equals(second)) {
      throw new IllegalStateException(
          "%s must be %s or %s, not '%s'".formatted(name, first, second, text));
    }
    return text.equals(second);
  }

  /** Reads names with commas between; none by default. */
  Set<String> names(String variable) {
    return optional(variable).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
