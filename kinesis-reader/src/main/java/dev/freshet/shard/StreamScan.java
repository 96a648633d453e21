package dev.freshet.shard;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads the records that a stream held at an instant, and ends there. */
public final class StreamScan {

  private StreamScan() {}

  /**
   * Reads all shards, closed ones included and parents before their children. The records of a
   * partition key come in their order, each with the id of its shard.
   *
   * @param since the first instant of arrival that is read; empty to begin at the oldest record
   * @param end the first instant of arrival that is no longer read
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such stream
   */
  public static void read(
      KinesisClient kinesis,
      String stream,
      Optional<Instant> since,
      Instant end,
      BiConsumer<String, ShardRecord> receiver) {
    for (StreamShard shard : StreamShard.allOf(kinesis, stream)) {
      read(
          source(kinesis, stream, shard.id(), request -> startAt(since, request)),
          record -> record.approximateArrival().isBefore(end),
          record -> receiver.accept(shard.id(), record));
    }
  }

  /**
   * Reads the records of one shard between two sequence numbers, both included.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such shard
   */
  public static void read(
      KinesisClient kinesis,
      String stream,
      String shardId,
      BigInteger first,
      BigInteger last,
      Consumer<ShardRecord> receiver) {
    read(
        source(
            kinesis,
            stream,
            shardId,
            request ->
                request
                    .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .startingSequenceNumber(first.toString())),
        record -> record.sequence().compareTo(last) <= 0,
        receiver);
  }

  private static void startAt(Optional<Instant> since, GetShardIteratorRequest.Builder request) {
    KinesisShardSource.oldest(request);
    since.ifPresent(
        instant -> request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(instant));
  }

  private static ShardSource source(
      KinesisClient kinesis,
      String stream,
      String shardId,
      Consumer<GetShardIteratorRequest.Builder> start) {
    return new KinesisShardSource(
        kinesis,
        stream,
        shardId,
        start,
        ProvisionedThroughputExceededException.class::isInstance,
        Duration.ZERO,
        InstantSource.system(),
        pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  private static void read(
      ShardSource source, Predicate<ShardRecord> isIncluded, Consumer<ShardRecord> receiver) {
    try {
      ShardRead read = source.read();
      while (!read.ended() && read.caughtUpAt().isEmpty()) {
        for (ShardRecord record : read.records()) {
          if (!isIncluded.test(record)) {
            return;
          }
          receiver.accept(record);
        }
        read = source.read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a shard", e);
    }
  }
}
