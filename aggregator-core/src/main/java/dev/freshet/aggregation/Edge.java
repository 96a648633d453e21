package dev.freshet.aggregation;

import java.util.Set;

/**
 * The value of the first or the latest event by ({@code occurredAt}, id).
 *
 * @param isLatest whether it is the latest
 */
public record Edge(boolean isLatest) implements Aggregation {

  @Override
  public String name() {
    return isLatest ? "latest" : "first";
  }

  @Override
  public String formula() {
    return isLatest ? "the latest x" : "the first x";
  }

  @Override
  public double apply(Samples samples) {
    return samples.get(index(samples));
  }

  @Override
  public boolean givesText(boolean ofText) {
    return ofText;
  }

  @Override
  public String applyAsText(Samples samples) {
    return samples.text(index(samples));
  }

  private int index(Samples samples) {
    return isLatest ? samples.size() - 1 : 0;
  }

  @Override
  public Takes takes() {
    return Takes.NUMBERS_OR_TEXTS;
  }

  @Override
  public Set<Summary> overTiles() {
    return Set.of(isLatest ? Summary.LATEST : Summary.FIRST);
  }
}
