package dev.freshet.benchmarks;

/**
 * An event as a producer puts it.
 *
 * @param orderId the partition key
 */
record SourceEvent(OrderStream stream, String orderId, long occurredAtMillis, byte[] json) {}
