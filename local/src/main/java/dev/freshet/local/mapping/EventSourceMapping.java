package dev.freshet.local.mapping;

import dev.freshet.local.function.AwsAccount;
import dev.freshet.local.function.FunctionInvoker;
import dev.freshet.local.template.MappingDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function with the records of a stream, by the rules of Lambda's event source mappings.
 *
 * <p>Each shard is read from its oldest record by a thread of its own, or by as many as the
 * parallelization factor says, which then share it by partition key; none ever waits for another.
 * Nothing is remembered beyond the life of the mapping.
 */
public final class EventSourceMapping implements AutoCloseable {

  private static final Backoff RETRY_BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);

  private final MappingDefinition definition;
  private final StreamSource stream;
  private final FunctionInvoker function;
  private final FailureDestination destination;
  private final AwsAccount account;
  private final InstantSource time;
  private final Duration stopTimeout;
  private final MappingMeters meters = new MappingMeters();
  private final StopSignal stop = new StopSignal();
  private final List<ShardConsumer> consumers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * A mapping that does nothing before {@link #start}.
   *
   * @param stopTimeout how long {@link #close} lets invocations in progress run before it
   *     interrupts them
   */
  public EventSourceMapping(
      MappingDefinition definition,
      StreamSource stream,
      FunctionInvoker function,
      FailureDestination destination,
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

  /** Begins to read at the oldest record of every shard. */
  public synchronized void start() {
    if (!threads.isEmpty()) {
      throw new IllegalStateException(this + " has been started already");
    }
    for (String shardId : stream.shardIds()) {
      for (int lane = 0; lane < definition.parallelizationFactor(); lane++) {
        ShardConsumer consumer = consumer(shardId, lane);
        consumers.add(consumer);
        threads.add(thread(consumer, shardId, lane));
      }
    }
    threads.forEach(Thread::start);
  }

  public MappingCounters counters() {
    return meters.read();
  }

  /**
   * Everything put into the stream before this instant is done or discarded; {@link Instant#MIN}
   * until all shards have been read to their tips once.
   */
  public synchronized Instant caughtUpAt() {
    return consumers.stream()
        .map(ShardConsumer::caughtUpAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Whether every record that was put before {@code instant} is done or discarded. */
  public boolean isCaughtUpWith(Instant instant) {
    return !caughtUpAt().isBefore(instant);
  }

  /** What ended one of the threads for good, a fault of the platform; such a mapping is stuck. */
  public synchronized Optional<Throwable> failure() {
    return consumers.stream().flatMap(consumer -> consumer.failure().stream()).findFirst();
  }

  /**
   * Stops: no further batch begins, the invocations in progress end, a batch that fails is left.
   * Takes at most the stop timeout and one second more.
   */
  @Override
  public synchronized void close() {
    stop.set();
    try {
      if (!join(stopTimeout)) {
        threads.forEach(Thread::interrupt);
        boolean ended = join(INTERRUPT_GRACE);
        LOG.warn("{} was interrupted while stopping; all threads ended: {}", this, ended);
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return definition.stream() + " -> " + definition.function();
  }

  private boolean join(Duration most) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + most.toNanos();
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNanos - System.nanoTime()));
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private Thread thread(ShardConsumer consumer, String shardId, int lane) {
    String suffix = definition.parallelizationFactor() > 1 ? "/" + lane : "";
    Thread thread = new Thread(consumer, this + " " + shardId + suffix);
    thread.setDaemon(true);
    return thread;
  }

  private ShardConsumer consumer(String shardId, int lane) {
    ShardSource shard = stream.open(shardId);
    int lanes = definition.parallelizationFactor();
    return new ShardConsumer(
        lanes == 1 ? shard : new LaneSource(shard, lane, lanes),
        new EventWriter(account, definition.function(), definition.stream(), shardId),
        new BatchBuffer(definition.batchSize(), definition.maximumBatchingWindow()),
        new BatchProcessor(new RetryRules(definition), parts(shardId), stop::isSet),
        time,
        stop::isSet);
  }

  private BatchProcessor.Parts parts(String shardId) {
    DiscardDocument document =
        new DiscardDocument(account, definition.function(), definition.stream(), shardId);
    return new BatchProcessor.Parts(
        function,
        definition.reportsBatchItemFailures(),
        new Discarding(definition.onFailureDestination(), destination, document, meters, time),
        meters,
        RETRY_BACKOFF,
        time,
        stop);
  }
}
