package dev.freshet.aggregation;

import java.util.Set;

/** The number of events, or of those that have the input; 0 of none. */
public record Count() implements Aggregation {

  @Override
  public String name() {
    return "count";
  }

  @Override
  public String formula() {
    return "n, the number of events";
  }

  @Override
  public double apply(Samples samples) {
    return samples.count();
  }

  @Override
  public double ofNothing() {
    return 0;
  }

  @Override
  public Takes takes() {
    return Takes.EVENTS;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(Summary.COUNT);
  }
}
