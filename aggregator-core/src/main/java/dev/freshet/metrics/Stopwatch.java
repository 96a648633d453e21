package dev.freshet.metrics;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Adds up the time of work that is done in pieces, between other work. */
public final class Stopwatch {

  private final LongSupplier nanoTime;
  private final LongConsumer recorder;
  private long totalNanos;

  /**
   * Creates a stopwatch at zero.
   *
   * @param recorder receives the total, in nanoseconds
   */
  public Stopwatch(LongSupplier nanoTime, LongConsumer recorder) {
    this.nanoTime = nanoTime;
    this.recorder = recorder;
  }

  /** Runs a piece of the work, and adds its time whether it succeeds or throws. */
  public void run(Runnable piece) {
    long start = nanoTime.getAsLong();
    try {
      piece.run();
    } finally {
      totalNanos += nanoTime.getAsLong() - start;
    }
  }

  /** Records the total. */
  public void stop() {
    recorder.accept(totalNanos);
  }
}
