package dev.freshet.benchmarks.measure;

import java.util.Comparator;
import java.util.List;

/**
 * The cost of a source event, however many functions read it.
 *
 * @param cpuMicros of function and Redis together
 * @param redisBytesOut that Redis sent
 * @param p50Micros of an invocation, as are the next two
 */
public record EventCost(
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

  /** Returns that of the median throughput, of an odd number. */
  public static EventCost median(List<EventCost> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(EventCost::eventsPerSecond))
        .toList()
        .get(rounds.size() / 2);
  }
}
