package dev.freshet.datadog;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Records metrics in the registry that is open at the time. */
public final class MeterMetrics implements Metrics {

  private final Supplier<MeterRegistry> registry;
  private final Tags tags;
  private final LongSupplier nanoTime;

  public MeterMetrics(Supplier<MeterRegistry> registry, LongSupplier nanoTime) {
    this(registry, Tags.empty(), nanoTime);
  }

  private MeterMetrics(Supplier<MeterRegistry> registry, Tags tags, LongSupplier nanoTime) {
    this.registry = registry;
    this.tags = tags;
    this.nanoTime = nanoTime;
  }

  /** Returns the metrics of one feature group. */
  public MeterMetrics of(String featureGroup) {
    return new MeterMetrics(registry, Tags.of("feature_group", featureGroup), nanoTime);
  }

  /** Returns the metrics of one feature group and one stream. */
  public MeterMetrics of(String featureGroup, String stream) {
    return new MeterMetrics(
        registry, Tags.of("feature_group", featureGroup, "stream", stream), nanoTime);
  }

  /** Adds to a count; a count that stays 0 is not sent. */
  @Override
  public void count(Metric metric, long amount) {
    if (amount > 0) {
      registry.get().counter(metric.meter(), tags).increment((double) amount);
    }
  }

  @Override
  public void times(Metric metric, LongStream millis) {
    Timer timer = registry.get().timer(metric.meter(), tags);
    millis.forEach(each -> timer.record(each, MILLISECONDS));
  }

  /** The registry holds the supplier of the number, so that it is not collected. */
  @Override
  public void gauge(Metric metric, String feature, double value) {
    Gauge.builder(metric.meter(), () -> value)
        .tags(tags)
        .tag("feature", feature)
        .register(registry.get());
  }

  @Override
  public <T> T timed(Metric metric, Supplier<T> work) {
    long start = nanoTime.getAsLong();
    try {
      return work.get();
    } finally {
      registry.get().timer(metric.meter(), tags).record(nanoTime.getAsLong() - start, NANOSECONDS);
    }
  }

  @Override
  public Stopwatch stopwatch(Metric metric) {
    return new Stopwatch(
        nanoTime, nanos -> registry.get().timer(metric.meter(), tags).record(nanos, NANOSECONDS));
  }
}
