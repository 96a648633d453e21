package dev.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Metrics of a ledger, of which only what is missing is expected. */
record Counting(LongConsumer missing) implements Metrics {

  @Override
  public void count(Metric metric, long amount) {
    assertThat(metric).isEqualTo(Metric.LEDGER_MISSING);
    missing.accept(amount);
  }

  @Override
  public void times(Metric metric, LongStream millis) {
    throw new AssertionError(metric);
  }

  @Override
  public <T> T timed(Metric metric, Supplier<T> work) {
    throw new AssertionError(metric);
  }

  @Override
  public Stopwatch stopwatch(Metric metric) {
    throw new AssertionError(metric);
  }

  @Override
  public void gauge(Metric metric, String feature, double value) {}
}
