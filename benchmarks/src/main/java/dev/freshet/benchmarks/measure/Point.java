package dev.freshet.benchmarks.measure;

/**
 * One measured point.
 *
 * @param series what is measured, such as a feature group
 * @param batchSize events of an invocation
 * @param x what the series runs over: the batch size, events held, keys
 * @param stateBytes memory of Redis for each of {@code x}, or 0 where that is not asked
 */
public record Point(String series, int batchSize, long x, double stateBytes, EventCost figures) {}
