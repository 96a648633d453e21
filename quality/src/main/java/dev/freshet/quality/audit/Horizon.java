package dev.freshet.quality.audit;

import dev.freshet.definition.FeatureGroup;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * Returns the horizon of a feature group.
   *
   * @param newestMillis the time of the newest event that was read
   * @param now the instant after the last read
   */
  static Horizon of(
      FeatureGroup group, AuditOptions options, EventScan events, long newestMillis, Instant now) {
    long until = events.isLive() ? Long.MAX_VALUE : newestMillis;
    if (options.isComplete() || !events.isLive()) {
      return new Horizon(EVERYTHING, EVERYTHING, until, true);
    }
    return new Horizon(
        from(group, options, events.completeFrom(now, false)),
        from(group, options, events.completeFrom(now, true)),
        until,
        false);
  }

  /** An event that occurs once all records are read may have come before, dated ahead. */
  private static long from(
      FeatureGroup group, AuditOptions options, Optional<Instant> firstArrival) {
    long ahead =
        group.eventTypes().stream()
            .mapToLong(each -> each.format().maxAhead().toMillis())
            .max()
            .orElse(0);
    return Stream.of(options.since(), firstArrival)
        .flatMap(Optional::stream)
        .mapToLong(each -> each.toEpochMilli() + ahead)
        .max()
        .orElse(EVERYTHING);
  }
}
