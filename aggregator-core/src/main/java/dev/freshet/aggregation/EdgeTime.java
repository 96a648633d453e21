package dev.freshet.aggregation;

import java.util.Set;

/**
 * The time of the first or the latest event, in epoch milliseconds.
 *
 * @param isLatest whether it is the latest
 */
public record EdgeTime(boolean isLatest) implements Aggregation {

  /** The ending of the names of features that are instants. */
  public static final String ENDING = "_at";

  @Override
  public String name() {
    return isLatest ? "latest" : "first";
  }

  @Override
  public String ending() {
    return ENDING;
  }

  @Override
  public String formula() {
    return "the time of the " + name() + " event, in epoch milliseconds";
  }

  @Override
  public double apply(Samples samples) {
    return samples.timeMillis(isLatest ? samples.size() - 1 : 0);
  }

  @Override
  public Takes takes() {
    return Takes.EVENTS;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(isLatest ? Summary.LATEST : Summary.FIRST);
  }
}
