package dev.freshet.aggregation;

import java.util.Set;

/** The arithmetic mean. */
public record Mean() implements Aggregation {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public String formula() {
    return "Σ x / n";
  }

  @Override
  public double apply(Samples samples) {
    return Absent.unlessFinite(samples.mean());
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.SUM);
  }
}
