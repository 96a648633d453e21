package dev.freshet.metrics;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Adds up how long the pieces of some work take that is done between other work. */
public final class Stopwatch {

  private final LongSupplier nanoTime;
  private final LongConsumer told;
  private long totalNanos;

  /**
   * A stopwatch at zero.
   *
   * @param told is told the total, in nanoseconds
   */
  public Stopwatch(LongSupplier nanoTime, LongConsumer told) {
    this.nanoTime = nanoTime;
    this.told = told;
  }

  /** Does a piece of the work. */
  public void run(Runnable piece) {
    long start = nanoTime.getAsLong();
    piece.run();
    totalNanos += nanoTime.getAsLong() - start;
  }

  /** Tells the total. */
  public void stop() {
    told.accept(totalNanos);
  }
}
