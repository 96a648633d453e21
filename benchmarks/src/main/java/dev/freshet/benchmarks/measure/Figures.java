package dev.freshet.benchmarks.measure;

import java.util.Comparator;
import java.util.List;

/**
 * A cost in figures, per source event where they say so.
 *
 * @param cpuMicros of function and Redis together
 * @param p50Micros of an invocation, as are the next two
 */
public record Figures(
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

  /** That of the median throughput; an odd number of measurements. */
  public static Figures median(List<Figures> measurements) {
    return measurements.stream()
        .sorted(Comparator.comparingDouble(Figures::eventsPerSecond))
        .toList()
        .get(measurements.size() / 2);
  }

  public static Figures of(Cost cost) {
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
