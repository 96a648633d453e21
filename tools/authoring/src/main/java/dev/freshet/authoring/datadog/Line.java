package dev.freshet.authoring.datadog;

import java.util.List;

/**
 * One line of a graph: a formula over metric queries.
 *
 * @param label empty if the tag that it is split by says enough
 * @param formula with a {@code %s} for each of the queries
 * @param unit Datadog's name of it, or null if it counts
 */
record Line(String label, String formula, List<String> queries, String unit) {

  static Line of(String label, String query) {
    return new Line(label, "%s", List.of(query), null);
  }

  static Line millis(String label, String query) {
    return new Line(label, "%s", List.of(query), "millisecond");
  }

  static Line bytes(String label, String query) {
    return new Line(label, "%s", List.of(query), "byte");
  }

  /** The mean of durations: not that of the means of functions that did more and less. */
  static Line meanMillis(String label, String sum, String count) {
    return new Line(label, "%s / %s", List.of(sum, count), "millisecond");
  }
}
