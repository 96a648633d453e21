package dev.freshet.datadog;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Opens a registry for each window of time, and closes it at the end of an invocation, which sends
 * its metrics.
 *
 * <p>Lambda freezes a function's threads between invocations, so a registry with its own timer
 * would send late, or in the wrong step. And a registry that is kept sends zeros, which are billed,
 * for every metric it has ever counted. A new registry has only the metrics of its window.
 */
public final class MeterWindows implements Supplier<MeterRegistry> {

  private final Supplier<MeterRegistry> newRegistry;
  private final long minNanos;
  private final LongSupplier nanoTime;
  private MeterRegistry open;
  private long openedNanos;

  /**
   * @param shortest the shortest length of a window
   */
  public MeterWindows(
      Supplier<MeterRegistry> newRegistry, Duration shortest, LongSupplier nanoTime) {
    this.newRegistry = newRegistry;
    this.minNanos = shortest.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Returns the registry of the open window; opens one if there is none. */
  @Override
  public synchronized MeterRegistry get() {
    if (open == null) {
      open = newRegistry.get();
      openedNanos = nanoTime.getAsLong();
    }
    return open;
  }

  /** Ends an invocation: if the window is long enough, closes it and sends its metrics. */
  public void invocationEnds() {
    send(minNanos);
  }

  /** Closes the window, however short, and sends its metrics. */
  public void sendAll() {
    send(0);
  }

  private void send(long leastNanos) {
    MeterRegistry full = takeIfOpenFor(leastNanos);
    if (full != null) {
      full.close();
    }
  }

  private synchronized MeterRegistry takeIfOpenFor(long leastNanos) {
    if (open == null || nanoTime.getAsLong() - openedNanos < leastNanos) {
      return null;
    }
    MeterRegistry full = open;
    open = null;
    return full;
  }
}
