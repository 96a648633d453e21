package dev.freshet.quality.drift;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A summary of the values of one feature.
 *
 * @param values how many were looked at, absent ones included
 * @param absent the share of them that is absent
 * @param numbers null if all are absent, or texts
 * @param texts the most frequent texts, the most frequent first; of numbers null
 */
public record Profile(int values, double absent, Distribution numbers, List<Frequent> texts) {

  private static final int MOST_TEXTS = 10;

  /** A rarer text is not kept: it may be the name of a single entity. */
  private static final double LEAST_SHARE = 0.01;

  /**
   * A text, and its share of all values.
   *
   * @param share absent values count too
   */
  public record Frequent(String text, double share) {}

  static Profile of(Kind kind, Observations observed) {
    int values = observed.size();
    double[] sorted = observed.sorted();
    Map<String, Integer> texts = observed.texts();
    int present = sorted.length + texts.values().stream().mapToInt(Integer::intValue).sum();
    return new Profile(
        values,
        values == 0 ? 0 : 1 - (double) present / values,
        sorted.length == 0 ? null : Distribution.of(sorted),
        kind == Kind.TEXT ? frequent(texts, values) : null);
  }

  private static List<Frequent> frequent(Map<String, Integer> texts, int values) {
    return texts.entrySet().stream()
        .map(each -> new Frequent(each.getKey(), (double) each.getValue() / values))
        .filter(each -> each.share >= LEAST_SHARE)
        .sorted(Comparator.comparing(Frequent::share).reversed().thenComparing(Frequent::text))
        .limit(MOST_TEXTS)
        .toList();
  }
}
