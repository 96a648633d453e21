package dev.freshet.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The most frequent texts, as a JSON array; of equally frequent ones, those with the smaller UTF-8
 * bytes.
 *
 * @param k the greatest number of texts, at least 1
 */
public record Top(int k) implements Aggregation {

  private static final int MOST = 100;

  private static final Comparator<Map.Entry<String, Integer>> MOST_FREQUENT_FIRST =
      Map.Entry.<String, Integer>comparingByValue()
          .reversed()
          .thenComparing(
              Map.Entry.comparingByKey(
                  (left, right) ->
                      Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8))));

  public Top {
    if (k < 1 || k > MOST) {
      throw new IllegalArgumentException("top must name 1 to " + MOST + " texts: " + k);
    }
  }

  @Override
  public String name() {
    return "top_" + k;
  }

  @Override
  public String formula() {
    return "the " + k + " most frequent x, as a JSON array";
  }

  @Override
  public double apply(Samples samples) {
    return Absent.VALUE;
  }

  @Override
  public boolean givesText(boolean ofText) {
    return true;
  }

  @Override
  public String applyAsText(Samples samples) {
    return samples.textCounts().entrySet().stream()
        .sorted(MOST_FREQUENT_FIRST)
        .limit(k)
        .map(
            each ->
                '"'
                    + new String(JsonStringEncoder.getInstance().quoteAsString(each.getKey()))
                    + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public Takes takes() {
    return Takes.TEXTS;
  }
}
