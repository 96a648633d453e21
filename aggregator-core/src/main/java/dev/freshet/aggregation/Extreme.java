package dev.freshet.aggregation;

import java.util.Set;

/**
 * The smallest or the greatest value.
 *
 * @param isGreatest whether it is the greatest
 */
public record Extreme(boolean isGreatest) implements Aggregation {

  @Override
  public String name() {
    return isGreatest ? "max" : "min";
  }

  @Override
  public String formula() {
    return isGreatest ? "the greatest x" : "the smallest x";
  }

  @Override
  public double apply(Samples samples) {
    return samples.extreme(isGreatest);
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(isGreatest ? Summary.GREATEST : Summary.LEAST);
  }
}
