package dev.freshet.metrics;

import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Where the parts of a function tell how they are doing. Telling never fails and is never slow. */
public interface Metrics {

  /** Nobody listens. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void count(Metric metric, long amount) {}

        @Override
        public void times(Metric metric, LongStream millis) {}

        @Override
        public <T> T timed(Metric metric, Supplier<T> work) {
          return work.get();
        }

        @Override
        public Stopwatch stopwatch(Metric metric) {
          return new Stopwatch(() -> 0, nanos -> {});
        }
      };

  /** So many more of a {@link Metric.Kind#COUNT}. */
  void count(Metric metric, long amount);

  /** One more duration of a {@link Metric.Kind#TIME}. */
  default void time(Metric metric, long millis) {
    times(metric, LongStream.of(millis));
  }

  /** More durations, of a batch: cheaper than each by itself. */
  void times(Metric metric, LongStream millis);

  /** Does some work and tells how long it took, whether it succeeds or throws. */
  <T> T timed(Metric metric, Supplier<T> work);

  /** Tells, when it is stopped, how long all its pieces of work took. */
  Stopwatch stopwatch(Metric metric);
}
