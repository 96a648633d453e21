package dev.freshet.benchmarks;

/**
 * A cost in figures, per source event where they say so.
 *
 * @param cpuMicros of function and Redis together
 * @param p50Micros of an invocation, as are the next two
 */
record Figures(
    long events,
    double eventsPerSecond,
    double cpuMicros,
    double jvmMicros,
    double redisMicros,
    double allocatedBytes,
    double redisBytesOut,
    long invocations,
    double p50Micros,
    double p99Micros,
    double p999Micros) {

  static Figures of(Cost cost) {
    return new Figures(
        cost.events(),
        cost.events() * 1e9 / cost.wallNanos(),
        (cost.jvmCpuNanos() + cost.redisCpuNanos()) / 1e3 / cost.events(),
        cost.jvmCpuNanos() / 1e3 / cost.events(),
        cost.redisCpuNanos() / 1e3 / cost.events(),
        (double) cost.allocatedBytes() / cost.events(),
        (double) cost.redisBytesOut() / cost.events(),
        cost.invocations().size(),
        cost.invocations().micros(0.5),
        cost.invocations().micros(0.99),
        cost.invocations().micros(0.999));
  }
}
