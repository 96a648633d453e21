package dev.freshet.aggregation;

import java.util.Set;

/** The exact decimal sum, as the nearest double; 0 of nothing. */
public record Sum() implements Aggregation {

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public String formula() {
    return "Σ x, an exact decimal sum; 0 of none";
  }

  @Override
  public double apply(Samples samples) {
    return samples.sum();
  }

  @Override
  public double ofNothing() {
    return 0;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.SUM);
  }
}
