package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.stream.StopSignal;
import dev.freshet.aws.emulator.stream.StreamSource;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.shard.Backoff;
import dev.freshet.shard.ShardOrder;
import dev.freshet.shard.ShardSource;
import dev.freshet.shard.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function with the records of a stream, by the rules of Lambda's event source mappings.
 *
 * <p>Each shard is read from its oldest record by as many threads as the parallelization factor
 * says, which share its partition keys. Threads do not wait for each other, with one exception: a
 * shard begins only after the shards that were split or merged into it are finished. Positions are
 * held in memory only.
 */
public final class EventSourceMapping implements AutoCloseable {

  private static final Backoff RETRY_BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);

  private final MappingDefinition definition;
  private final StreamSource stream;
  private final FunctionInvoker function;
  private final BiConsumer<String, String> destination;
  private final AwsAccount account;
  private final InstantSource time;
  private final Duration stopTimeout;
  private final MappingCounters counters = new MappingCounters();
  private final StopSignal stop = new StopSignal();
  private final ShardOrder order = new ShardOrder();
  private final Map<String, List<ShardConsumer>> consumers = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

  /**
   * Prepares a mapping; {@link #start} starts it.
   *
   * @param destination gets the destination of a discarded batch, an ARN or name, and the JSON
   *     document that Lambda sends about it
   * @param stopTimeout how long {@link #close} waits for invocations in progress before it
   *     interrupts them
   */
  public EventSourceMapping(
      MappingDefinition definition,
      StreamSource stream,
      FunctionInvoker function,
      BiConsumer<String, String> destination,
      AwsAccount account,
      InstantSource time,
      Duration stopTimeout) {
    int lanes = definition.parallelizationFactor();
    if (lanes < 1 || lanes > 10) {
      throw new IllegalArgumentException("parallelization factor must be 1 to 10: " + lanes);
    }
    this.definition = definition;
    this.stream = stream;
    this.function = function;
    this.destination = destination;
    this.account = account;
    this.time = time;
    this.stopTimeout = stopTimeout;
  }

  /** Starts reading at the oldest record of every shard. */
  public synchronized void start() {
    if (!consumers.isEmpty()) {
      throw new IllegalStateException(this + " has been started already");
    }
    beginShards();
  }

  private void beginShards() {
    for (StreamShard shard : order.begin(stream.shards())) {
      AtomicInteger open = new AtomicInteger(definition.parallelizationFactor());
      List<ShardConsumer> lanes = new ArrayList<>();
      for (int lane = 0; lane < definition.parallelizationFactor(); lane++) {
        lanes.add(consumer(shard.id(), lane, () -> endLane(shard.id(), open)));
      }
      consumers.put(shard.id(), lanes);
      for (int lane = 0; lane < lanes.size(); lane++) {
        String name = this + " " + shard.id() + (lanes.size() > 1 ? "/" + lane : "");
        ShardConsumer consumer = lanes.get(lane);
        threads.execute(
            () -> {
              Thread.currentThread().setName(name);
              consumer.run();
            });
      }
    }
  }

  /** Begins the children in the same step, so that the mapping is not caught up without them. */
  private synchronized void endLane(String shardId, AtomicInteger open) {
    if (open.decrementAndGet() == 0 && !stop.isSet()) {
      order.finish(shardId);
      beginShards();
      consumers.remove(shardId);
    }
  }

  public MappingDefinition definition() {
    return definition;
  }

  public MappingCounters counters() {
    return counters;
  }

  /**
   * Returns an instant such that every record put before it is done or discarded; {@link
   * Instant#MIN} until all shards have been read to their tips once.
   */
  public synchronized Instant caughtUpAt() {
    return consumers.values().stream()
        .flatMap(List::stream)
        .map(ShardConsumer::caughtUpAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Returns whether every record that was put before {@code instant} is done or discarded. */
  public boolean isCaughtUpWith(Instant instant) {
    return !caughtUpAt().isBefore(instant);
  }

  /** Returns the fault that ended one of the threads; such a mapping does not go on. */
  public synchronized Optional<Throwable> failure() {
    return consumers.values().stream()
        .flatMap(List::stream)
        .flatMap(consumer -> consumer.failure().stream())
        .findFirst();
  }

  /**
   * Stops: begins no further batch, waits for invocations in progress, and does not retry. Takes at
   * most one second more than the stop timeout.
   */
  @Override
  public void close() {
    synchronized (this) {
      stop.set(); // so that no shard begins after the shutdown
      threads.shutdown();
    }
    try {
      if (!threads.awaitTermination(stopTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
        boolean ended = threads.awaitTermination(INTERRUPT_GRACE.toNanos(), TimeUnit.NANOSECONDS);
        LOG.warn("{} was interrupted while stopping; all threads ended: {}", this, ended);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return definition.stream() + " -> " + definition.function();
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, toString());
    thread.setDaemon(true);
    return thread;
  }

  private ShardConsumer consumer(String shardId, int lane, Runnable afterEnd) {
    ShardSource shard = stream.open(shardId);
    int lanes = definition.parallelizationFactor();
    BatchDiscarder discarder =
        new BatchDiscarder(definition, shardId, account, destination, counters, time);
    return new ShardConsumer(
        lanes == 1 ? shard : shard.ofLane(lane, lanes),
        new EventWriter(account, definition.function(), definition.stream(), shardId),
        new BatchBuffer(definition.batchSize(), definition.maximumBatchingWindow()),
        new BatchProcessor(
            definition, function, discarder, counters, RETRY_BACKOFF, time, stop, stop::isSet),
        time,
        stop::isSet,
        afterEnd);
  }
}
