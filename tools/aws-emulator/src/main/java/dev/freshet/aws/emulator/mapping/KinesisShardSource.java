package dev.freshet.aws.emulator.mapping;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads a shard of Kinesis with {@code GetRecords}.
 *
 * <p>A read that finds nothing at the tip is repeated with the same iterator instead of the one
 * that follows it. Kinesis allows that, and an emulator that derives the following iterator from
 * its clock cannot skip a record that is being written at that moment.
 */
final class KinesisShardSource implements ShardSource {

  /** The most that {@code GetRecords} gives at once. */
  private static final int READ_LIMIT = 10_000;

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final Logger LOG = LoggerFactory.getLogger(KinesisShardSource.class);

  private final KinesisClient kinesis;
  private final String stream;
  private final String shardId;
  private final Duration pollInterval;
  private final InstantSource time;
  private final Sleeper sleeper;
  private Optional<String> lastSequenceNumber;
  private String iterator;
  private boolean wasEmpty;
  private boolean ended;
  private int failuresInRow;

  KinesisShardSource(
      KinesisClient kinesis,
      String stream,
      String shardId,
      Optional<String> afterSequenceNumber,
      Duration pollInterval,
      InstantSource time,
      Sleeper sleeper) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.shardId = shardId;
    this.lastSequenceNumber = afterSequenceNumber;
    this.pollInterval = pollInterval;
    this.time = time;
    this.sleeper = sleeper;
  }

  @Override
  public ShardRead read() throws InterruptedException {
    if (wasEmpty) {
      sleeper.sleep(pollInterval);
    }
    if (ended) {
      return ShardRead.atEnd();
    }
    try {
      ShardRead read = readOnce();
      failuresInRow = 0;
      return read;
    } catch (ExpiredIteratorException e) {
      iterator = null;
      wasEmpty = false;
      return ShardRead.of(List.of());
    } catch (SdkException e) {
      waitAfter(e);
      return ShardRead.of(List.of());
    }
  }

  private ShardRead readOnce() {
    if (iterator == null) {
      iterator = shardIterator();
    }
    Instant begun = time.instant();
    GetRecordsResponse response =
        kinesis.getRecords(r -> r.shardIterator(iterator).limit(READ_LIMIT));
    wasEmpty = response.records().isEmpty();
    boolean atTip = wasEmpty && !isBehind(response);
    ended = response.nextShardIterator() == null;
    if (!atTip) {
      iterator = response.nextShardIterator();
    }
    return atTip && !ended ? ShardRead.atTip(begun) : records(response);
  }

  private ShardRead records(GetRecordsResponse response) {
    List<ShardRecord> records = response.records().stream().map(KinesisShardSource::copy).toList();
    if (!records.isEmpty()) {
      lastSequenceNumber = Optional.of(records.get(records.size() - 1).sequenceNumber());
    }
    return ended && records.isEmpty() ? ShardRead.atEnd() : ShardRead.of(records);
  }

  private String shardIterator() {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
    lastSequenceNumber.ifPresentOrElse(
        last ->
            request
                .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                .startingSequenceNumber(last),
        () -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    return kinesis.getShardIterator(request.build()).shardIterator();
  }

  private void waitAfter(SdkException e) throws InterruptedException {
    failuresInRow++;
    Duration wait = BACKOFF.after(failuresInRow);
    LOG.warn("Reading {} of {} again in {}: {}", shardId, stream, wait, e.getMessage());
    sleeper.sleep(wait);
  }

  private static boolean isBehind(GetRecordsResponse response) {
    return response.millisBehindLatest() != null && response.millisBehindLatest() > 0;
  }

  private static ShardRecord copy(Record record) {
    return new ShardRecord(
        record.sequenceNumber(),
        record.partitionKey(),
        record.data().asByteArrayUnsafe(),
        record.approximateArrivalTimestamp());
  }
}
