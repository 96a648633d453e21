package dev.freshet.state;

/** What a state store answers for one key, once its step is done. */
public sealed interface KeyState {

  /** Grows from each step of the key to the next. */
  long version();

  /** The newest {@code occurredAt} used, in epoch milliseconds. */
  long newestMillis();

  Tally tally();

  /** What became of the events of the step. */
  record Tally(int applied, int duplicates, int late) {}

  /**
   * The values of the last events.
   *
   * @param valueMicros in millionths, oldest first; not copied
   */
  record LastValues(long version, long newestMillis, long[] valueMicros, Tally tally)
      implements KeyState {}

  /**
   * The totals of a timeline.
   *
   * @param asOfMillis the instant the totals are of; later than the one asked for if another step
   *     of the key was ahead
   * @param validUntilMillis the next instant at which a total changes with no new event, or {@link
   *     #FOREVER}
   * @param totals in the order of the timeline's intervals; not copied
   */
  record Totals(
      long version,
      long asOfMillis,
      long newestMillis,
      long validUntilMillis,
      long[] totals,
      Tally tally)
      implements KeyState {}

  /** The end of what never changes by time alone. */
  long FOREVER = Long.MAX_VALUE;
}
