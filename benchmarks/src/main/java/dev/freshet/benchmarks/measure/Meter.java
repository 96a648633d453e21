package dev.freshet.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.freshet.benchmarks.load.Delivery;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Takes what a subject uses while it works, and only then: not while events are generated. */
public final class Meter {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Store store;
  private final Latencies invocations = new Latencies();
  private long events;
  private Usage used = new Usage(0, 0, 0, 0, 0);

  public Meter(Store store) {
    this.store = store;
  }

  /** Lets a subject handle batches. */
  public void measure(Subject subject, Iterable<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      events += delivery.size();
    }
    measure(() -> deliveries.forEach(delivery -> subject.handle(delivery, invocations)));
  }

  /** Lets something work for source events that are counted already, or still to be. */
  public void measure(Runnable work) {
    Usage before = before();
    work.run();
    used = used.plus(after().minus(before));
  }

  /** So many source events were worked for. */
  public void count(long sourceEvents) {
    events += sourceEvents;
  }

  public long wallNanos() {
    return used.wallNanos;
  }

  public Cost cost() {
    return new Cost(
        events,
        used.wallNanos,
        used.jvmCpuNanos,
        used.redisCpuNanos,
        used.allocatedBytes,
        used.redisBytesOut,
        invocations);
  }

  /** The clocks are read last before the work and first behind it: asking Redis takes time too. */
  private Usage before() {
    long bytesOut = redisBytesOut();
    long redisCpu = store.cpuNanos();
    long allocated = allocated();
    long jvmCpu = PROCESS.getProcessCpuTime();
    return new Usage(System.nanoTime(), jvmCpu, redisCpu, allocated, bytesOut);
  }

  private Usage after() {
    long nanos = System.nanoTime();
    long jvmCpu = PROCESS.getProcessCpuTime();
    long allocated = allocated();
    return new Usage(nanos, jvmCpu, store.cpuNanos(), allocated, redisBytesOut());
  }

  private long redisBytesOut() {
    return (long) store.info("stats", "total_net_output_bytes");
  }

  private static long allocated() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private record Usage(
      long wallNanos,
      long jvmCpuNanos,
      long redisCpuNanos,
      long allocatedBytes,
      long redisBytesOut) {

    Usage plus(Usage other) {
      return new Usage(
          wallNanos + other.wallNanos,
          jvmCpuNanos + other.jvmCpuNanos,
          redisCpuNanos + other.redisCpuNanos,
          allocatedBytes + other.allocatedBytes,
          redisBytesOut + other.redisBytesOut);
    }

    Usage minus(Usage other) {
      return new Usage(
          wallNanos - other.wallNanos,
          jvmCpuNanos - other.jvmCpuNanos,
          redisCpuNanos - other.redisCpuNanos,
          allocatedBytes - other.allocatedBytes,
          redisBytesOut - other.redisBytesOut);
    }
  }
}
