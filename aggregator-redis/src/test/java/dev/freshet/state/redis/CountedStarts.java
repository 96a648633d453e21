package dev.freshet.state.redis;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Counts how often state was started anew. */
final class CountedStarts implements Metrics {

  private long count;

  long count() {
    return count;
  }

  @Override
  public void count(Metric metric, long amount) {
    count += metric == Metric.STATE_STARTED_ANEW ? amount : 0;
  }

  @Override
  public void times(Metric metric, LongStream millis) {}

  @Override
  public <T> T timed(Metric metric, Supplier<T> work) {
    return work.get();
  }

  @Override
  public Stopwatch stopwatch(Metric metric) {
    return NONE.stopwatch(metric);
  }
}
