package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.definition.FeatureGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Some instances at once, each on a thread of its own. */
final class Fleet implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Stores stores;
  private final List<Instance> instances;
  private final ExecutorService threads;

  Fleet(Stores stores, List<FeatureGroup> groups, int count) {
    this.stores = stores;
    this.instances =
        Stream.generate(() -> Instance.of(stores, groups, count)).limit(count).toList();
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** Lets each instance handle the batches of its shard; returns what that used. */
  Usage handle(List<List<Delivery>> shards) {
    return Usage.of(stores, () -> work(shards));
  }

  private long work(List<List<Delivery>> shards) {
    LongAdder cpuNanos = new LongAdder();
    CompletableFuture<?>[] work =
        IntStream.range(0, instances.size())
            .mapToObj(i -> work(instances.get(i), shards.get(i), cpuNanos))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(work).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("an instance failed: " + e.getCause(), e);
    }
    return cpuNanos.sum();
  }

  private CompletableFuture<Void> work(Instance instance, List<Delivery> shard, LongAdder cpu) {
    return CompletableFuture.runAsync(
        () -> {
          long before = THREADS.getCurrentThreadCpuTime();
          shard.forEach(instance::handle);
          cpu.add(THREADS.getCurrentThreadCpuTime() - before);
        },
        threads);
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
    threads.shutdownNow();
  }
}
