package dev.freshet.aggregation;

import java.util.Set;

/** The number of different values. */
public record Distinct() implements Aggregation {

  @Override
  public String name() {
    return "distinct";
  }

  @Override
  public String formula() {
    return "the number of different x";
  }

  @Override
  public double apply(Samples samples) {
    return samples.distinct();
  }

  @Override
  public Takes takes() {
    return Takes.NUMBERS_OR_TEXTS;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.DISTINCT);
  }
}
