package dev.freshet.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.freshet.benchmarks.load.Delivery;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** Measures what a subject uses while it works, and only then: not while events are generated. */
public final class Meter {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final RedisNode redis;
  private final DescriptiveStatistics invocationNanos = new DescriptiveStatistics();
  private long events;
  private long wallNanos;
  private long jvmCpuNanos;
  private long redisCpuNanos;
  private long allocatedBytes;
  private long redisBytesOut;

  public Meter(RedisNode redis) {
    this.redis = redis;
  }

  /** Lets a subject handle batches. */
  public void measure(Subject subject, Iterable<Delivery> deliveries) {
    deliveries.forEach(delivery -> events += delivery.size());
    measure(() -> deliveries.forEach(each -> subject.handle(each, invocationNanos::addValue)));
  }

  /** Lets something work for source events that are counted already, or still to be. */
  public void measure(Runnable work) {
    long bytesOut = redis.bytesOut();
    long redisCpu = redis.cpuNanos();
    long allocated = allocated();
    long jvmCpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime(); // last, and first after the work: asking Redis takes time
    work.run();
    wallNanos += System.nanoTime() - start;
    jvmCpuNanos += PROCESS.getProcessCpuTime() - jvmCpu;
    allocatedBytes += allocated() - allocated;
    redisCpuNanos += redis.cpuNanos() - redisCpu;
    redisBytesOut += redis.bytesOut() - bytesOut;
  }

  /** Counts what its Redis uses while something works that another meter measures. */
  public void observe(Runnable work) {
    long redisCpu = redis.cpuNanos();
    long bytesOut = redis.bytesOut();
    work.run();
    redisCpuNanos += redis.cpuNanos() - redisCpu;
    redisBytesOut += redis.bytesOut() - bytesOut;
  }

  /** Adds source events that were worked for. */
  public void count(long sourceEvents) {
    events += sourceEvents;
  }

  public long wallNanos() {
    return wallNanos;
  }

  public EventCost cost() {
    return new EventCost(
        events,
        events * 1e9 / wallNanos,
        (jvmCpuNanos + redisCpuNanos) / 1e3 / events,
        jvmCpuNanos / 1e3 / events,
        redisCpuNanos / 1e3 / events,
        (double) allocatedBytes / events,
        (double) redisBytesOut / events,
        invocationNanos.getN(),
        invocationNanos.getPercentile(50) / 1e3,
        invocationNanos.getPercentile(99) / 1e3,
        invocationNanos.getPercentile(99.9) / 1e3);
  }

  private static long allocated() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
