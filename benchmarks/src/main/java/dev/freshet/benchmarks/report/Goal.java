package dev.freshet.benchmarks.report;

/**
 * A goal and what was measured.
 *
 * @param limit with its sign, such as {@code ≥ 20.0}
 */
public record Goal(String name, double measured, String limit, boolean met) {

  static Goal atLeast(double limit, String name, double measured) {
    return new Goal(name, measured, "≥ " + MarkdownTable.text(limit), measured >= limit);
  }

  static Goal atMost(double limit, String name, double measured) {
    return new Goal(name, measured, "≤ " + MarkdownTable.text(limit), measured <= limit);
  }
}
