package dev.freshet.engine;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Keeps the sums of counts, and how many durations of each kind were recorded. */
final class CountedMetrics implements Metrics {

  final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
  final Map<Metric, Long> times = new EnumMap<>(Metric.class);

  @Override
  public void count(Metric metric, long amount) {
    if (amount > 0) {
      counts.merge(metric, amount, Long::sum);
    }
  }

  @Override
  public void times(Metric metric, LongStream millis) {
    times.merge(metric, millis.count(), Long::sum);
  }

  @Override
  public void gauge(Metric metric, String feature, double value) {
    counts.merge(metric, 1L, Long::sum);
  }

  @Override
  public <T> T timed(Metric metric, Supplier<T> work) {
    times.merge(metric, 1L, Long::sum);
    return work.get();
  }

  @Override
  public Stopwatch stopwatch(Metric metric) {
    return new Stopwatch(() -> 0, nanos -> times.merge(metric, 1L, Long::sum));
  }
}
