package dev.freshet.quality.audit;

import java.util.Locale;

/** The outcome of the comparison of a served value with its recomputation. */
public enum Cause {
  /** Both are the same. */
  EQUAL,
  /** An event arrived too late for its group, which leaves it out; otherwise both are the same. */
  LATE,
  /** The newest events had arrived, not long ago, and were not in the value yet. */
  IN_FLIGHT,
  /** The value has changed by time alone, not long ago, and was not recalculated yet. */
  LAG,
  /** The value may depend on events older than those that can be read: it is not compared. */
  BEYOND_RETENTION,
  /** Nothing of the above makes the served value right. */
  UNEXPLAINED;

  /** Returns the name as people write it, such as {@code in-flight}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
