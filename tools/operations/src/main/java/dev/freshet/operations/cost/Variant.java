package dev.freshet.operations.cost;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named way to operate a stage.
 *
 * @param changes the settings that differ from those that the stage declares
 */
public record Variant(String name, String description, Map<String, String> changes) {

  private static final Map<String, String> SINGLE =
      Map.of("sizes", "needed", "consumer", "dedicated", "batch-window-seconds", "0");

  private static final Map<String, String> BATCHED =
      Map.of("sizes", "needed", "batch-window-seconds", "1", "parallelization-factor", "1");

  private static final Map<String, String> LEAN =
      Map.of("feature-store-writes", "direct", "functions", "by-entity");

  private static final Map<String, String> CHEAP =
      merged(
          BATCHED,
          Map.of(
              "consumer", "shared",
              "order-retention-hours", "24",
              "results-retention-hours", "24",
              "functions", "by-entity"));

  /** All variants, from what is declared to the cheapest. */
  public static final List<Variant> ALL =
      List.of(
          new Variant("declared", "as the stage declares it", Map.of()),
          new Variant(
              "single", "each event in an invocation of its own, sized for the load", SINGLE),
          new Variant(
              "single-lean",
              "the same; functions of several groups write the feature store themselves",
              merged(SINGLE, LEAN)),
          new Variant("batched", "batches of up to a second, sized for the load", BATCHED),
          new Variant(
              "batched-lean",
              "the same; shared consumers, a retention of 24 hours, functions of several groups",
              CHEAP),
          new Variant(
              "packed",
              "the same; producers put ten events into a record, nodes run Valkey",
              merged(CHEAP, Map.of("events-in-record", "10", "Engine", "valkey"))));

  /** Returns this variant with other settings on top. */
  public Variant with(Map<String, String> others) {
    return new Variant(name, description, merged(changes, others));
  }

  private static Map<String, String> merged(Map<String, String> left, Map<String, String> right) {
    Map<String, String> merged = new TreeMap<>(left);
    merged.putAll(right);
    return Map.copyOf(merged);
  }
}
