package dev.freshet.metrics;

import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Records the metrics of a function. Recording never fails and never blocks. */
public interface Metrics {

  /** Records nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void count(Metric metric, long amount) {}

        @Override
        public void times(Metric metric, LongStream millis) {}

        @Override
        public void gauge(Metric metric, String feature, double value) {}

        @Override
        public <T> T timed(Metric metric, Supplier<T> work) {
          return work.get();
        }

        @Override
        public Stopwatch stopwatch(Metric metric) {
          return new Stopwatch(() -> 0, nanos -> {});
        }
      };

  /** Adds to a {@link Metric.Kind#COUNT}. */
  void count(Metric metric, long amount);

  /** Records a duration of a {@link Metric.Kind#TIME}. */
  default void time(Metric metric, long millis) {
    times(metric, LongStream.of(millis));
  }

  /** Records the durations of a batch; cheaper than one call for each. */
  void times(Metric metric, LongStream millis);

  /** Records a {@link Metric.Kind#GAUGE} of a feature, once in an invocation. */
  void gauge(Metric metric, String feature, double value);

  /** Runs some work and records how long it took, whether it succeeds or throws. */
  <T> T timed(Metric metric, Supplier<T> work);

  /** Returns a stopwatch that records the total time of its pieces of work when it is stopped. */
  Stopwatch stopwatch(Metric metric);
}
