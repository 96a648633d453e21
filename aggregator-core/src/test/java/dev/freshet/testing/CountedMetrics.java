package dev.freshet.testing;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Keeps the sums of counts, and gauges. */
public final class CountedMetrics implements Metrics {

  public final Map<Metric, Long> counts = new EnumMap<>(Metric.class);

  /** By the name of the metric, a space, and the feature. */
  public final Map<String, Double> gauges = new TreeMap<>();

  @Override
  public void count(Metric metric, long amount) {
    if (amount > 0) {
      counts.merge(metric, amount, Long::sum);
    }
  }

  @Override
  public void times(Metric metric, LongStream millis) {}

  @Override
  public void gauge(Metric metric, String feature, double value) {
    gauges.put(metric.name() + " " + feature, value);
  }

  @Override
  public <T> T timed(Metric metric, Supplier<T> work) {
    return work.get();
  }

  @Override
  public Stopwatch stopwatch(Metric metric) {
    return new Stopwatch(() -> 0, nanos -> {});
  }
}
