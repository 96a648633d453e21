package dev.freshet.cli.local;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task again and again in a thread of its own, until it is closed. */
final class Ticker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final int STOP_SECONDS = 5;

  private final ScheduledThreadPoolExecutor thread;

  private Ticker(ScheduledThreadPoolExecutor thread) {
    this.thread = thread;
  }

  /**
   * Starts a ticker. A failure of the task is logged and does not end it.
   *
   * @param pause the time before each run
   */
  static Ticker start(String name, Duration pause, Runnable task) {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(1, work -> daemon(work, name));
    var unused =
        thread.scheduleWithFixedDelay(
            () -> run(name, task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return new Ticker(thread);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void run(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{}: {}", name, e.getMessage());
    }
  }

  /** Returns when the task has ended, or after five seconds. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
