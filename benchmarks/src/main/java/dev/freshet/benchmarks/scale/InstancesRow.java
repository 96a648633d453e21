package dev.freshet.benchmarks.scale;

import java.util.Comparator;
import java.util.List;

/**
 * The work of some instances at once, and what they use: the round of the median throughput.
 *
 * @param masters of each store
 * @param events of each round
 * @param eventsPerSecond the median, as are the cores
 * @param functionCores processors that this process kept busy
 * @param threadCores processors that the threads of the instances kept busy; the most is one each
 * @param stateCores processors that all masters of the state store kept busy
 * @param busiestState processors that the busiest master of the state store kept busy; it cannot
 *     use much more than one
 * @param machineCores processors of this machine that were busy with anything
 * @param predicted events a second, by the law of {@link Prediction}
 */
public record InstancesRow(
    int masters,
    int instances,
    long events,
    int rounds,
    double eventsPerSecond,
    double least,
    double most,
    double functionCores,
    double threadCores,
    double stateCores,
    double busiestState,
    double featureCores,
    double busiestFeatures,
    double machineCores,
    double stateBytesPerEvent,
    double predicted) {

  private static final double BUSY = 0.85;

  static InstancesRow of(int masters, int instances, long events, List<Usage> rounds) {
    List<Usage> sorted = rounds.stream().sorted(Comparator.comparing(Usage::seconds)).toList();
    Usage median = sorted.get(sorted.size() / 2);
    double seconds = median.seconds();
    return new InstancesRow(
        masters,
        instances,
        events,
        rounds.size(),
        events / seconds,
        events / sorted.get(sorted.size() - 1).seconds(),
        events / sorted.get(0).seconds(),
        median.functions() / seconds,
        median.threads() / seconds,
        median.stateSum() / seconds,
        median.stateMost() / seconds,
        median.featuresSum() / seconds,
        median.featuresMost() / seconds,
        median.machine() / seconds,
        median.stateBytes() / events,
        Double.NaN);
  }

  InstancesRow predicted(double prediction) {
    return new InstancesRow(
        masters,
        instances,
        events,
        rounds,
        eventsPerSecond,
        least,
        most,
        functionCores,
        threadCores,
        stateCores,
        busiestState,
        featureCores,
        busiestFeatures,
        machineCores,
        stateBytesPerEvent,
        prediction);
  }

  /** Returns the processors that functions and both stores kept busy. */
  public double cores() {
    return functionCores + stateCores + featureCores;
  }

  /** Returns the processors that other programs left. */
  double coresLeft() {
    return Usage.cores() - Math.max(0, machineCores - cores());
  }

  /** Returns the processor time of functions and both stores, in microseconds an event. */
  public double micros() {
    return 1e6 * cores() / eventsPerSecond;
  }

  public double stateMicros() {
    return 1e6 * stateCores / eventsPerSecond;
  }

  /** Returns the resource that was used up, by what was measured; round trips if none was. */
  public String limit() {
    if (Math.max(busiestState, busiestFeatures) >= BUSY) {
      return busiestState > busiestFeatures ? "state store" : "feature store";
    }
    if (machineCores >= BUSY * Usage.cores()) {
      return cores() >= BUSY * machineCores ? "this machine" : "this machine, used by others";
    }
    return threadCores >= BUSY * instances ? "functions" : "round trips";
  }
}
