package dev.freshet.metrics;

import java.util.function.Supplier;

/** Where the parts of a function tell how they are doing. Telling never fails and is never slow. */
public interface Metrics {

  /** Nobody listens. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void count(Metric metric, long amount) {}

        @Override
        public void time(Metric metric, long millis) {}

        @Override
        public <T> T timed(Metric metric, Supplier<T> work) {
          return work.get();
        }
      };

  /** So many more of a {@link Metric.Kind#COUNT}. */
  void count(Metric metric, long amount);

  /** One more duration of a {@link Metric.Kind#TIME}. */
  void time(Metric metric, long millis);

  /** Does some work and tells how long it took, whether it succeeds or throws. */
  <T> T timed(Metric metric, Supplier<T> work);
}
