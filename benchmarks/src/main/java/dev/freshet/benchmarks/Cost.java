package dev.freshet.benchmarks;

/**
 * What some events cost.
 *
 * @param events source events, however many functions read each
 * @param redisBytesOut that Redis sent
 */
record Cost(
    long events,
    long wallNanos,
    long jvmCpuNanos,
    long redisCpuNanos,
    long allocatedBytes,
    long redisBytesOut,
    Latencies invocations) {

  double eventsPerSecond() {
    return events * 1e9 / wallNanos;
  }

  double jvmMicros() {
    return jvmCpuNanos / 1e3 / events;
  }

  double redisMicros() {
    return redisCpuNanos / 1e3 / events;
  }

  /** CPU time of function and Redis, in microseconds an event. */
  double cpuMicros() {
    return jvmMicros() + redisMicros();
  }

  double allocatedBytesPerEvent() {
    return (double) allocatedBytes / events;
  }

  double redisBytesPerEvent() {
    return (double) redisBytesOut / events;
  }
}
