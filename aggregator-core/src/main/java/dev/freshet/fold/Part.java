package dev.freshet.fold;

/**
 * An event or item, and its part in a feature value.
 *
 * @param what its id, its times and its value, for people to read
 * @param why the reason for the verdict; empty if it is obvious
 */
public record Part(Verdict verdict, String what, String why) {

  /** The part that an event or item has in a feature value. */
  public enum Verdict {
    /** It counts in the value. */
    COUNTS,
    /** It counted before, or could have, and does not count now. */
    EVICTED,
    /** It happened after the instant in question. */
    AHEAD,
    /** It arrived too late for its group to use it. */
    LATE,
    /** It was seen before. */
    DUPLICATE
  }
}
