package dev.freshet.operations.redrive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The records of one shard that were there at an instant, page by page: what is put meanwhile, such
 * as new dead letters of the records that are replayed, is left out.
 */
final class ShardScan implements Iterator<Record> {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;

  private final KinesisClient kinesis;
  private final Instant end;
  private final Queue<Record> page = new ArrayDeque<>();
  private String iterator;

  private ShardScan(
      KinesisClient kinesis,
      String stream,
      String shardId,
      Instant end,
      Consumer<GetShardIteratorRequest.Builder> start) {
    this.kinesis = kinesis;
    this.end = end;
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
    start.accept(request);
    this.iterator = kinesis.getShardIterator(request.build()).shardIterator();
  }

  /**
   * What arrived within a time.
   *
   * @param since the first instant that is meant; empty for all that the shard still has
   * @param end the first instant that is not meant any more
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such shard
   */
  static ShardScan within(
      KinesisClient kinesis, String stream, String shardId, Optional<Instant> since, Instant end) {
    return new ShardScan(
        kinesis,
        stream,
        shardId,
        end,
        start -> {
          start.shardIteratorType(
              since.isPresent() ? ShardIteratorType.AT_TIMESTAMP : ShardIteratorType.TRIM_HORIZON);
          since.ifPresent(start::timestamp);
        });
  }

  /** What lies behind a sequence number, which is included, and arrived before an instant. */
  static ShardScan from(
      KinesisClient kinesis, String stream, String shardId, String sequenceNumber, Instant end) {
    return new ShardScan(
        kinesis,
        stream,
        shardId,
        end,
        start ->
            start
                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .startingSequenceNumber(sequenceNumber));
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && iterator != null) {
      read();
    }
    return !page.isEmpty();
  }

  private void read() {
    try {
      GetRecordsResponse answer =
          kinesis.getRecords(call -> call.shardIterator(iterator).limit(PAGE));
      iterator = isAtTip(answer) ? null : answer.nextShardIterator();
      for (Record each : answer.records()) {
        if (each.approximateArrivalTimestamp().isBefore(end)) {
          page.add(each);
        } else {
          iterator = null;
        }
      }
    } catch (ProvisionedThroughputExceededException e) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isAtTip(GetRecordsResponse answer) {
    Long behind = answer.millisBehindLatest();
    return answer.records().isEmpty() && (behind == null || behind == 0);
  }

  @Override
  public Record next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
