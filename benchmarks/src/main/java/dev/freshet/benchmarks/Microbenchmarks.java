package dev.freshet.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of the package {@code jmh}, each in a virtual machine of its own. */
final class Microbenchmarks {

  private Microbenchmarks() {}

  /**
   * Runs those whose names match, with what they allocate; prints as it goes.
   *
   * @param pattern a regular expression
   */
  static void run(String pattern) {
    OptionsBuilder options = new OptionsBuilder();
    options.include(pattern).addProfiler("gc").forks(1);
    options.mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS);
    options.warmupIterations(5).warmupTime(TimeValue.seconds(1));
    options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
    try {
      new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("benchmarks: " + e.getMessage(), e);
    }
  }
}
