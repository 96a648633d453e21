package dev.freshet.benchmarks.part;

import com.sun.management.OperatingSystemMXBean;
import dev.freshet.benchmarks.load.Batches;
import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.OrderEvents;
import dev.freshet.benchmarks.load.Shards;
import dev.freshet.benchmarks.load.SourceEvent;
import dev.freshet.benchmarks.measure.Latencies;
import dev.freshet.benchmarks.measure.Servers;
import dev.freshet.benchmarks.subject.CountingSink;
import dev.freshet.benchmarks.subject.Engine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some instances at once, each with its own connection and its own shard of every stream.
 *
 * @param functionCores processors that the instances kept busy
 * @param busiestRedisCores processors that the busiest Redis node kept busy; it cannot use much
 *     more than one
 * @param redisCores processors that all Redis nodes kept busy
 */
public record Scale(
    int instances,
    long events,
    double eventsPerSecond,
    double functionCores,
    double redisCores,
    double busiestRedisCores) {

  /** So much larger than the goals' that the shards of 128 instances fill their batches. */
  private static final City METROPOLIS = new City(128_000, 64_000, 320, 0.6, 320, 1);

  /** Until orders that were created first are delivered, the mix of events is another. */
  private static final Duration RAMP = Duration.ofMinutes(50);

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final double BUSY = 0.85;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Measures each number of instances, over one state that goes on. */
  public static List<Scale> measure(Servers servers, Extent extent, Consumer<String> progress) {
    progress.accept("generating the orders of a metropolis");
    OrderEvents events = new OrderEvents(METROPOLIS);
    long start = events.next().occurredAtMillis();
    while (events.next().occurredAtMillis() < start + RAMP.toMillis()) {
      // only what follows is handed over
    }
    progress.accept("warming up");
    measure(servers, events, 1, extent.warmUp());
    List<Scale> results = new ArrayList<>();
    for (int instances : extent.instances()) {
      progress.accept("measuring %d instances".formatted(instances));
      results.add(measure(servers, events, instances, extent.scaleEvents()));
    }
    return results;
  }

  /** The resource that limits the instances. */
  public String limit() {
    if (busiestRedisCores >= BUSY) {
      return "Redis";
    }
    return functionCores + redisCores >= BUSY * Runtime.getRuntime().availableProcessors()
        ? "processors of this machine"
        : "round trips";
  }

  private static Scale measure(Servers servers, OrderEvents events, int instances, int eventCount) {
    List<List<Delivery>> shards = shards(events, instances, eventCount);
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    List<Engine> engines =
        IntStream.range(0, instances)
            .mapToObj(i -> Engine.of(servers.url(), SideBySide.GROUPS, new CountingSink()))
            .toList();
    try {
      await(threads, engines, shards, 0, 1); // connects
      List<Long> redisBefore = servers.cpuNanos();
      long cpu = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      await(threads, engines, shards, 1, Integer.MAX_VALUE);
      double wallNanos = System.nanoTime() - start;
      double cores = (PROCESS.getProcessCpuTime() - cpu) / wallNanos;
      List<Long> redisAfter = servers.cpuNanos();
      double[] redis =
          IntStream.range(0, redisAfter.size())
              .mapToDouble(i -> (redisAfter.get(i) - redisBefore.get(i)) / wallNanos)
              .toArray();
      long done = shards.stream().flatMap(s -> s.stream().skip(1)).mapToLong(Delivery::size).sum();
      return new Scale(
          instances,
          done,
          done * 1e9 / wallNanos,
          cores,
          Arrays.stream(redis).sum(),
          Arrays.stream(redis).max().orElse(0));
    } finally {
      engines.forEach(Engine::close);
      threads.shutdownNow();
    }
  }

  /** Each instance handles the batches of its shard, from one index to before another. */
  private static void await(
      ExecutorService threads,
      List<Engine> engines,
      List<List<Delivery>> shards,
      int from,
      int to) {
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      Engine engine = engines.get(i);
      List<Delivery> shard = shards.get(i);
      work.add(
          () -> {
            for (Delivery delivery : shard.subList(from, Math.min(to, shard.size()))) {
              engine.handle(delivery, new Latencies());
            }
            return null;
          });
    }
    try {
      for (Future<Void> done : threads.invokeAll(work, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while instances were at work", e);
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException("an instance failed: " + e.getMessage(), e);
    }
  }

  /**
   * Events by the hash of their partition key, as Kinesis places them; two batches each at least.
   */
  private static List<List<Delivery>> shards(OrderEvents events, int shardCount, int eventCount) {
    List<Batches> batches = Stream.generate(Batches::new).limit(shardCount).toList();
    List<List<Delivery>> shards = new ArrayList<>();
    batches.forEach(each -> shards.add(new ArrayList<>()));
    int delivered = 0;
    while (delivered < eventCount || shards.stream().anyMatch(shard -> shard.size() < 2)) {
      SourceEvent event = events.next();
      int shard = Shards.of(event.order().id(), shardCount);
      Optional<Delivery> delivery = batches.get(shard).add(event, Deliveries.BATCH_SIZE);
      if (delivery.isPresent()) {
        shards.get(shard).add(delivery.get());
        delivered += delivery.get().size();
      }
    }
    return shards;
  }
}
