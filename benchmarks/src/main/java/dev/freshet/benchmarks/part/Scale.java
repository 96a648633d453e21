package dev.freshet.benchmarks.part;

import com.sun.management.OperatingSystemMXBean;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.StreamBatches;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.RedisNodes;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.city.SimulatedCity;
import dev.freshet.city.SteadyCity;
import dev.freshet.operations.events.OutgoingEvent;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some instances at once, each with its own connection and its own shard of every stream.
 *
 * @param functionCores processors that the instances kept busy
 * @param redisCores processors that all Redis nodes kept busy
 * @param busiestRedisCores processors that the busiest Redis node kept busy; it cannot use much
 *     more than one
 */
public record Scale(
    int instances,
    long events,
    double eventsPerSecond,
    double functionCores,
    double redisCores,
    double busiestRedisCores) {

  /** So much larger than the goals' that the shards of 128 instances fill their batches. */
  private static final SteadyCity METROPOLIS = new SteadyCity(128_000, 64_000, 320, 0.6, 320, 1);

  /** Until orders that were created first are delivered, the mix of events is another. */
  private static final Duration RAMP = Duration.ofMinutes(50);

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final double BUSY = 0.85;
  private static final int HASH_BITS = 128;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Measures each number of instances, over one state that goes on. */
  public static List<Scale> measure(RedisNodes redis, Extent extent, Consumer<String> progress) {
    progress.accept("generating the orders of a metropolis");
    SimulatedCity events = METROPOLIS.from(OrderLoad.START.minus(RAMP));
    while (events.next().occurredAt().orElseThrow().isBefore(OrderLoad.START)) {
      // only what follows is handed over
    }
    progress.accept("warming up");
    measure(redis, events, 1, extent.warmUp());
    List<Scale> results = new ArrayList<>();
    for (int instances : extent.instances()) {
      progress.accept("measuring %d instances".formatted(instances));
      results.add(measure(redis, events, instances, extent.scaleEvents()));
    }
    return results;
  }

  /** Returns the resource that limits the instances. */
  public String limit() {
    if (busiestRedisCores >= BUSY) {
      return "Redis";
    }
    return functionCores + redisCores >= BUSY * Runtime.getRuntime().availableProcessors()
        ? "processors of this machine"
        : "round trips";
  }

  private static Scale measure(
      RedisNodes redis, SimulatedCity events, int instances, int eventCount) {
    List<List<Delivery>> shards = shards(events, instances, eventCount);
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    List<Engine> engines =
        Stream.generate(() -> Engine.of(redis.url(), Workbench.GROUPS, Workbench.NOWHERE))
            .limit(instances)
            .toList();
    try {
      await(
          threads, engines, shards.stream().map(shard -> shard.subList(0, 1)).toList()); // connects
      List<List<Delivery>> rest =
          shards.stream().map(shard -> shard.subList(1, shard.size())).toList();
      long done = rest.stream().flatMap(List::stream).mapToLong(Delivery::size).sum();
      long[] redisBefore = redis.cpuNanos();
      long cpu = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      await(threads, engines, rest);
      double nanos = System.nanoTime() - start;
      double cores = (PROCESS.getProcessCpuTime() - cpu) / nanos;
      long[] redisAfter = redis.cpuNanos();
      var busy =
          IntStream.range(0, redisAfter.length)
              .mapToDouble(i -> (redisAfter[i] - redisBefore[i]) / nanos)
              .summaryStatistics();
      return new Scale(instances, done, done * 1e9 / nanos, cores, busy.getSum(), busy.getMax());
    } finally {
      engines.forEach(Engine::close);
      threads.shutdownNow();
    }
  }

  /** Lets each instance handle the batches of its shard. */
  private static void await(
      ExecutorService threads, List<Engine> engines, List<List<Delivery>> shards) {
    CompletableFuture<?>[] instances = new CompletableFuture<?>[engines.size()];
    for (int i = 0; i < instances.length; i++) {
      Engine engine = engines.get(i);
      List<Delivery> shard = shards.get(i);
      instances[i] =
          CompletableFuture.runAsync(
              () -> shard.forEach(batch -> engine.handle(batch, nanos -> {})), threads);
    }
    try {
      CompletableFuture.allOf(instances).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("an instance failed: " + e.getCause(), e);
    }
  }

  /**
   * Places events by the hash of their partition key, as Kinesis does; two batches each at least.
   */
  private static List<List<Delivery>> shards(SimulatedCity events, int shardCount, int eventCount) {
    List<StreamBatches> batches = Stream.generate(StreamBatches::new).limit(shardCount).toList();
    List<List<Delivery>> shards =
        Stream.generate(() -> (List<Delivery>) new ArrayList<Delivery>())
            .limit(shardCount)
            .toList();
    for (int delivered = 0;
        delivered < eventCount || shards.stream().anyMatch(shard -> shard.size() < 2); ) {
      OutgoingEvent event = events.next();
      int shard = shardOf(event.partitionKey(), shardCount);
      Optional<Delivery> full = batches.get(shard).add(event, OrderLoad.BATCH_SIZE);
      full.ifPresent(shards.get(shard)::add);
      delivered += full.isPresent() ? OrderLoad.BATCH_SIZE : 0;
    }
    return shards;
  }

  /** Shards share the range of the MD5 of partition keys. */
  private static int shardOf(String partitionKey, int shardCount) {
    try {
      byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
      BigInteger hash = new BigInteger(1, MessageDigest.getInstance("MD5").digest(key));
      return hash.multiply(BigInteger.valueOf(shardCount)).shiftRight(HASH_BITS).intValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
