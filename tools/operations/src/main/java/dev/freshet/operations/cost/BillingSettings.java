package dev.freshet.operations.cost;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of a stage that its bill depends on: parameters of {@code serverless.yml} and of the
 * Redis stack under their own names, and what else an operator or a producer decides.
 */
public final class BillingSettings {

  /** The value of {@code events-in-batch} for what follows from load and settings. */
  static final String COMPUTED = "computed";

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "consumer", Set.of("dedicated", "shared"),
          "feature-store-writes", Set.of("direct", "stream"),
          "functions", Set.of("by-entity", "declared"),
          "sizes", Set.of("declared", "needed"),
          "tracing", Set.of("false", "true"),
          "system-log-level", Set.of("DEBUG", "INFO", "WARN"),
          "Engine", Set.of("redis", "valkey"));

  /** Settings that are divided by, or that every stage has some of. */
  private static final Set<String> ABOVE_ZERO =
      Set.of(
          "batch-size",
          "events-in-record",
          "memory",
          "parallelization-factor",
          "recalculation-memory",
          "order-shards",
          "results-shards",
          "dead-letter-shards",
          "StateStoreShards",
          "FeatureStoreShards");

  private final Map<String, String> values;

  BillingSettings(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Returns these settings with some changed.
   *
   * @throws IllegalArgumentException if there is no setting of that name, or it has no such value
   */
  public BillingSettings with(Map<String, String> changes) {
    Map<String, String> changed = new TreeMap<>(values);
    changes.forEach(
        (name, value) -> {
          if (changed.put(name, value) == null) {
            throw new IllegalArgumentException(
                "there is no setting %s, only %s"
                    .formatted(name, String.join(", ", values.keySet())));
          }
          requireChoice(name, value);
        });
    BillingSettings result = new BillingSettings(changed);
    changes.keySet().stream().filter(ABOVE_ZERO::contains).forEach(result::requireAboveZero);
    return result;
  }

  private static void requireChoice(String name, String value) {
    Set<String> choices = CHOICES.getOrDefault(name, Set.of(value));
    if (!choices.contains(value)) {
      throw new IllegalArgumentException(
          "%s must be one of %s: %s".formatted(name, new TreeSet<>(choices), value));
    }
  }

  private void requireAboveZero(String name) {
    if (number(name) == 0) {
      throw new IllegalArgumentException(name + " must be above 0");
    }
  }

  public Map<String, String> values() {
    return values;
  }

  boolean is(String name, String value) {
    return text(name).equals(value);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the stage does not say " + name);
    }
    return value;
  }

  /**
   * Returns a number above or equal to zero.
   *
   * @throws IllegalArgumentException if it is none
   */
  double number(String name) {
    String value = text(name);
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, with its name.
    }
    throw new IllegalArgumentException(
        "%s must be a number that is not negative: %s".formatted(name, value));
  }
}
