package dev.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs work on one thread, and fails if it takes too much memory or processor time; the wall clock
 * would depend on the load of the machine.
 */
public final class Frugality {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long FREE_BYTES = 1 << 20;
  private static final long BYTES_PER_BYTE = 200;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Frugality() {}

  /**
   * Returns the result if the work took at most 5 s, and 1 MiB plus 200 bytes for each byte of
   * input.
   */
  public static <T> T run(int inputBytes, Supplier<T> work) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long nanosBefore = THREADS.getCurrentThreadCpuTime();
    T result = work.get();
    long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    assertThat(bytes).as("allocated").isLessThan(FREE_BYTES + BYTES_PER_BYTE * inputBytes);
    assertThat(nanos).as("took").isLessThan(LONGEST.toNanos());
    return result;
  }

  /** Runs work, and fails if it takes more processor time than the limit. */
  public static void within(Duration limit, Runnable work) {
    long nanosBefore = THREADS.getCurrentThreadCpuTime();
    work.run();
    long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
    assertThat(Duration.ofNanos(nanos)).as("took").isLessThan(limit);
  }
}
