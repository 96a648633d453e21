package dev.freshet.quality.audit;

/**
 * The time of which all events could be read; epoch milliseconds.
 *
 * @param fromMillis all events that occurred then or later were read, as far as state in Redis may
 *     have seen them
 * @param archivedFromMillis the same for state that outlives Redis, and maybe its streams
 * @param untilMillis the time of the last event that could be read
 * @param isKnown whether the caller vouches for it
 */
record Horizon(long fromMillis, long archivedFromMillis, long untilMillis, boolean isKnown) {

  static final long EVERYTHING = Long.MIN_VALUE;
}
