package dev.freshet.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/**
 * The processor time that each part used in some time, in seconds.
 *
 * @param functions all threads of this process, those of clients and collector included
 * @param threads only those on which the instances work
 * @param state of each master of the state store
 * @param features of each master of the feature store
 * @param machine of all processes on this machine
 * @param stateBytes that the state store sent
 */
record Usage(
    double seconds,
    double functions,
    double threads,
    double[] state,
    double[] features,
    double machine,
    double stateBytes) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Does some work on this thread. */
  static Usage of(Stores stores, Runnable work) {
    return of(
        stores,
        () -> {
          work.run();
          return 0;
        });
  }

  /**
   * @param work returns the processor time of its threads in nanoseconds
   */
  static Usage of(Stores stores, LongSupplier work) {
    double[] state = stores.state().cpuNanos();
    double[] features = stores.features().cpuNanos();
    long bytes = stores.state().bytesOut();
    SYSTEM.getCpuLoad(); // the next answer is of the time since this one
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long threads = work.getAsLong();
    double seconds = (System.nanoTime() - start) / 1e9;
    double functions = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    double machine = SYSTEM.getCpuLoad() * cores() * seconds;
    return new Usage(
        seconds,
        functions,
        threads / 1e9,
        difference(state, stores.state().cpuNanos()),
        difference(features, stores.features().cpuNanos()),
        machine,
        stores.state().bytesOut() - bytes);
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  double stateSum() {
    return DoubleStream.of(state).sum();
  }

  double stateMost() {
    return DoubleStream.of(state).max().orElseThrow();
  }

  double featuresSum() {
    return DoubleStream.of(features).sum();
  }

  double featuresMost() {
    return DoubleStream.of(features).max().orElseThrow();
  }

  /** Returns the processor time of all that is measured, not of other programs. */
  double sum() {
    return functions + stateSum() + featuresSum();
  }

  private static double[] difference(double[] before, double[] after) {
    double[] seconds = new double[after.length];
    for (int i = 0; i < after.length; i++) {
      seconds[i] = (after[i] - before[i]) / 1e9;
    }
    return seconds;
  }
}
