package dev.freshet.quality.audit;

/**
 * The outcome for one value of a feature group.
 *
 * @param name the feature, or {@code @valid_until}
 */
record Finding(String name, Cause cause, String served, String computed, String why) {

  /** Returns whether another reading of the feature store may tell more. */
  boolean isOpen() {
    return cause == Cause.IN_FLIGHT || cause == Cause.LAG || cause == Cause.UNEXPLAINED;
  }
}
