package dev.freshet.datadog;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A registry for each window of time, closed and thereby sent at the end of an invocation.
 *
 * <p>Lambda freezes a function's threads between invocations, so a registry that sends by its own
 * timer sends late, or in the wrong step. And a registry that lives on sends zeros, which are
 * billed, for everything it has ever counted. One that is new has only what was told in its window.
 */
public final class MeterWindows implements Supplier<MeterRegistry> {

  private final Supplier<MeterRegistry> newRegistry;
  private final long minNanos;
  private final LongSupplier nanoTime;
  private MeterRegistry open;
  private long openedNanos;

  /**
   * @param shortest windows are at least so long
   */
  public MeterWindows(
      Supplier<MeterRegistry> newRegistry, Duration shortest, LongSupplier nanoTime) {
    this.newRegistry = newRegistry;
    this.minNanos = shortest.toNanos();
    this.nanoTime = nanoTime;
  }

  /** The registry of the open window. */
  @Override
  public synchronized MeterRegistry get() {
    if (open == null) {
      open = newRegistry.get();
      openedNanos = nanoTime.getAsLong();
    }
    return open;
  }

  /** An invocation ends: if the window is long enough, what it has is sent. */
  public void invocationEnds() {
    MeterRegistry full = takeIfFull();
    if (full != null) {
      full.close();
    }
  }

  private synchronized MeterRegistry takeIfFull() {
    if (open == null || nanoTime.getAsLong() - openedNanos < minNanos) {
      return null;
    }
    MeterRegistry full = open;
    open = null;
    return full;
  }
}
