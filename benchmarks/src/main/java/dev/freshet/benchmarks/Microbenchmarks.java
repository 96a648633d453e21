package dev.freshet.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of the package {@code jmh}, each in a virtual machine of its own. */
final class Microbenchmarks {

  private Microbenchmarks() {}

  /**
   * Runs those whose names match, with what they allocate; prints as it goes.
   *
   * @param pattern a regular expression
   */
  static void run(String pattern) {
    try {
      new Runner(new OptionsBuilder().include(pattern).addProfiler("gc").build()).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("benchmarks: " + e.getMessage(), e);
    }
  }
}
