package dev.freshet.local.platform;

import org.HdrHistogram.Histogram;

/**
 * Counts the work of the platform since its start.
 *
 * @param events events that every function of their stream has processed
 * @param results results that have reached the feature store
 * @param deadLetters dead letters written
 * @param judgements events that feature groups did not use
 * @param freshness the times from {@code occurredAt} to the feature store, in milliseconds
 */
public record PlatformCounters(
    long events, long results, long deadLetters, Judgements judgements, Histogram freshness) {

  /**
   * Counts the events that feature groups did not use; an event of two groups counts twice.
   *
   * @param late older than everything the group can still use
   * @param skipped valid, but of no concern to the group
   * @param invalid rejected, with a dead letter
   */
  public record Judgements(long late, long skipped, long invalid) {}
}
