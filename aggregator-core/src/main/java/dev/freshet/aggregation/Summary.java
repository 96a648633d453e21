package dev.freshet.aggregation;

/** A part of what is kept of events that are held merged. */
public enum Summary {
  /** The number of events; kept beside every other. */
  COUNT(""),
  /** The exact sum. */
  SUM(""),
  /** The exact sum of squares. */
  SQUARES(""),
  LEAST(""),
  GREATEST(""),
  /** The time and value of the first event. */
  FIRST(""),
  /** The time and value of the latest event. */
  LATEST(""),
  /** HyperLogLog. */
  DISTINCT("sketch, 2 %"),
  /** DDSketch. */
  RANKED("sketch, 1 %");

  private final String accuracy;

  Summary(String accuracy) {
    this.accuracy = accuracy;
  }

  /** The accuracy of an estimate, for people to read; empty if it is exact. */
  public String accuracy() {
    return accuracy;
  }
}
