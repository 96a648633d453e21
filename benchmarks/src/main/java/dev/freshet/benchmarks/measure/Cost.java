package dev.freshet.benchmarks.measure;

/**
 * What some events cost.
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
