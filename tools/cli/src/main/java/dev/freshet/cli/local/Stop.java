package dev.freshet.cli.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in order after Ctrl-C or {@code kill}: a shutdown hook requests the stop, and waits up
 * to 15 seconds until the run has closed everything that it started.
 */
final class Stop implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean waits;
  private final Thread hook = new Thread(this::requestAndWait, "stop");

  Stop() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits until a stop is requested, or the time is over; returns whether it is requested. */
  boolean await(Duration most) throws InterruptedException {
    return requested.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Makes the hook wait from now on; during the start it does not wait. */
  void waitForClose() {
    waits = true;
  }

  private void requestAndWait() {
    requested.countDown();
    try {
      if (!waits) {
        return; // servers that are starting end with this process
      }
      closed.await(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that everything is closed. */
  @Override
  public void close() {
    closed.countDown();
    if (!isRequested()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
