package dev.freshet.benchmarks.measure;

/**
 * The cost of some events.
 *
 * @param events source events, however many functions read each
 * @param redisBytesOut that Redis sent
 */
public record Cost(
    long events,
    long wallNanos,
    long jvmCpuNanos,
    long redisCpuNanos,
    long allocatedBytes,
    long redisBytesOut,
    Latencies invocations) {}
