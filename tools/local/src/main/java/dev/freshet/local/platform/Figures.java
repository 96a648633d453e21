package dev.freshet.local.platform;

/**
 * What the platform has done since its start.
 *
 * @param events events that every function reading their stream has done
 * @param results results that have reached the feature store
 * @param deadLetters dead letters left
 * @param freshness from {@code occurredAt} to the feature store
 */
public record Figures(long events, long results, long deadLetters, Latencies freshness) {}
