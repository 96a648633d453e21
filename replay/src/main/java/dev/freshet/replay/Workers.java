package dev.freshet.replay;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Does work on several threads, of which little waits at a time. */
final class Workers implements Closeable {

  private static final int WAITING_EACH = 4;

  private final ExecutorService threads;
  private final Semaphore free;
  private final int most;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** A piece of work. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  Workers(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
    this.most = WAITING_EACH * threads;
    this.free = new Semaphore(most);
  }

  /** Starts work once there is room for it. Once some work has failed, no more is done. */
  void start(Work work) {
    free.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            if (failure.get() == null) {
              work.run();
            }
          } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  /**
   * Waits until all work is done.
   *
   * @throws IOException if some of it failed
   */
  void await() throws IOException {
    free.acquireUninterruptibly(most);
    free.release(most);
    Throwable failed = failure.get();
    if (failed instanceof UncheckedIOException unchecked) {
      throw unchecked.getCause();
    }
    if (failed instanceof IOException checked) {
      throw checked;
    }
    if (failed instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    if (failed instanceof Error error) {
      throw error;
    }
  }

  /** Does no more work. */
  @Override
  public void close() {
    var unused = threads.shutdownNow();
  }
}
