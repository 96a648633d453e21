package dev.freshet.fold;

/**
 * An event or order, and what it has to do with a value.
 *
 * @param what its id, its times and its value, for people
 * @param why what made the verdict so; empty where it goes without saying
 */
public record Part(Verdict verdict, String what, String why) {

  /** What an event or order has to do with a value. */
  public enum Verdict {
    /** It is part of the value. */
    COUNTS,
    /** It was, or might have been, and is not any more. */
    EVICTED,
    /** It happens after the instant asked for. */
    AHEAD,
    /** It arrived when its group could not use it any more. */
    LATE,
    /** It was seen before. */
    DUPLICATE
  }
}
