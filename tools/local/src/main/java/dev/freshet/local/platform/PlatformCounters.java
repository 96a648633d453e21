package dev.freshet.local.platform;

/**
 * Counts the work of the platform since its start.
 *
 * @param events events that every function of their stream has processed
 * @param results results that have reached the feature store
 * @param deadLetters dead letters written
 * @param freshness the times from {@code occurredAt} to the feature store
 */
public record PlatformCounters(
    long events, long results, long deadLetters, FreshnessHistogram freshness) {}
