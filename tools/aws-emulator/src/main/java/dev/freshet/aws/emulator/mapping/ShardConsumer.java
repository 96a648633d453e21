package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one shard, or one lane of it, for one mapping, and processes its batches. */
final class ShardConsumer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardConsumer.class);

  private final ShardSource source;
  private final EventWriter writer;
  private final BatchBuffer buffer;
  private final BatchProcessor processor;
  private final InstantSource time;
  private final BooleanSupplier stopping;
  private final Runnable afterEnd;
  private volatile Instant caughtUpAt = Instant.MIN;
  private volatile Throwable failure;
  private boolean finished;

  /**
   * Prepares a consumer.
   *
   * @param afterEnd called by {@link #run} when the shard is closed and all its records are done
   */
  ShardConsumer(
      ShardSource source,
      EventWriter writer,
      BatchBuffer buffer,
      BatchProcessor processor,
      InstantSource time,
      BooleanSupplier stopping,
      Runnable afterEnd) {
    this.source = source;
    this.writer = writer;
    this.buffer = buffer;
    this.processor = processor;
    this.time = time;
    this.stopping = stopping;
    this.afterEnd = afterEnd;
  }

  @Override
  public void run() {
    try {
      while (!stopping.getAsBoolean() && step()) {}
      if (finished) {
        afterEnd.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
      LOG.error("{} stopped: {}", Thread.currentThread().getName(), e.getMessage(), e);
    }
  }

  /** Returns an instant such that every record put before it is done or discarded. */
  Instant caughtUpAt() {
    return caughtUpAt;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Reads once and processes the batches that are ready; returns false when finished. */
  boolean step() throws InterruptedException {
    ShardRead read = source.read();
    read.records().forEach(record -> buffer.add(writer.record(record)));
    List<EventRecord> batch = buffer.next(time.instant());
    while (!batch.isEmpty()) {
      if (!processor.process(batch) || stopping.getAsBoolean()) {
        return false;
      }
      batch = buffer.next(time.instant());
    }
    if (buffer.isEmpty()) {
      read.caughtUpAt().ifPresent(instant -> caughtUpAt = instant);
    }
    finished = read.ended() && buffer.isEmpty();
    return !finished;
  }
}
