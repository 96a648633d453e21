package dev.freshet.quality.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Divides the values of a feature into bins: numbers by the deciles of the baseline, texts into the
 * baseline's most frequent ones and all others. The last bin has what is absent.
 *
 * <p>Equal deciles merge: a number that they share has a bin of its own, so that a value which
 * nearly all entities have cannot move within a bin unseen.
 *
 * @param edges the greatest number of each bin but the last of numbers, in ascending order
 * @param texts the text of each bin but the last of texts
 */
public record Bins(List<Double> edges, List<String> texts) {

  private static final int DECILES = 10;

  /** Returns the bins of numbers, in ascending order; may be none. */
  static Bins ofNumbers(double[] sorted) {
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 1; i < DECILES && sorted.length > 0; i++) {
      double decile = Distribution.quantile(sorted, i / (double) DECILES);
      if (!edges.add(decile)) {
        edges.add(Math.nextDown(decile));
      }
    }
    return new Bins(List.copyOf(edges), List.of());
  }

  static Bins ofTexts(List<Profile.Frequent> frequent) {
    return new Bins(List.of(), frequent.stream().map(Profile.Frequent::text).toList());
  }

  /** Counts the values in each bin. */
  int[] count(Observations observed) {
    int[] counts = new int[edges.size() + texts.size() + 2];
    double[] upper = edges.stream().mapToDouble(Double::doubleValue).toArray();
    for (double each : observed.sorted()) {
      int found = Arrays.binarySearch(upper, each);
      counts[found >= 0 ? found : -found - 1]++;
    }
    for (Map.Entry<String, Integer> each : observed.texts().entrySet()) {
      int found = texts.indexOf(each.getKey());
      counts[found >= 0 ? found : texts.size()] += each.getValue();
    }
    counts[counts.length - 1] = observed.size() - Arrays.stream(counts).sum();
    return counts;
  }
}
