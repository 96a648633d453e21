package dev.freshet.local.platform;

/**
 * Counts what a mapping has given to its function since the start; records that are delivered again
 * count again.
 *
 * @param bytes of the records' data
 * @param millis that the invocations took
 * @param recalculated results of recalculation in the records; 0 if these are events
 */
public record MappingCounts(
    String function,
    String stream,
    long invocations,
    long records,
    long bytes,
    long millis,
    long recalculated) {}
