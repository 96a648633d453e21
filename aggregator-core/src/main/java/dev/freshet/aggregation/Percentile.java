package dev.freshet.aggregation;

import java.util.Set;

/**
 * A percentile, interpolated linearly between order statistics at rank (n − 1) · percent / 100: the
 * default of NumPy's {@code percentile}, type 7 of Hyndman and Fan (1996).
 *
 * @param percent 0 (the smallest value) … 100 (the greatest)
 */
public record Percentile(int percent) implements Aggregation {

  public Percentile {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percentile must be 0 to 100: " + percent);
    }
  }

  @Override
  public String name() {
    return "p" + percent;
  }

  @Override
  public String formula() {
    return "the value at rank (n − 1) · "
        + percent
        + "/100 of the sorted x, linear between neighbours";
  }

  @Override
  public double apply(Samples samples) {
    long hundredths = (samples.size() - 1L) * percent;
    int rank = (int) (hundredths / 100);
    double fraction = hundredths % 100 / 100.0;
    double below = samples.ranked(rank);
    // The last rank has no neighbour above; its fraction is 0.
    return fraction == 0
        ? below
        : Absent.unlessFinite(below + fraction * (samples.ranked(rank + 1) - below));
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.RANKED);
  }
}
