package dev.freshet.local.platform;

import org.HdrHistogram.Histogram;

/**
 * Counts the work of the platform since its start.
 *
 * @param events events that every function of their stream has processed
 * @param results results that have reached the feature store
 * @param deadLetters dead letters written
 * @param freshness the times from {@code occurredAt} to the feature store, in milliseconds
 */
public record PlatformCounters(long events, long results, long deadLetters, Histogram freshness) {}
