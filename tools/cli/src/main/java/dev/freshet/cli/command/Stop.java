package dev.freshet.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and {@code kill} end a run in order: the hook asks the run to stop and waits,
 * bounded, until everything it started is closed.
 */
final class Stop implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean orderly;
  private final Thread hook = new Thread(this::askAndWait, "stop");

  Stop() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits until the run is to stop, or for so long; answers whether it is to stop. */
  boolean await(Duration most) throws InterruptedException {
    return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** From now on there is something to end in order; before, it is enough to end. */
  void orderly() {
    orderly = true;
  }

  private void askAndWait() {
    asked.countDown();
    try {
      if (!orderly) {
        return; // the servers that are being started end with this process
      }
      closed.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed. */
  @Override
  public void close() {
    closed.countDown();
    if (!isAsked()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
