package dev.freshet.shard;

import dev.freshet.shard.Backoff.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
 * <p>After an empty read at the tip it uses the same iterator again, not the next one. Kinesis
 * allows that. An emulator that makes the next iterator from its clock could otherwise skip a
 * record that is being written at that moment.
 */
public final class KinesisShardSource implements ShardSource {

  /** The most records that one {@code GetRecords} returns. */
  private static final int READ_LIMIT = 10_000;

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final Logger LOG = LoggerFactory.getLogger(KinesisShardSource.class);

  private final KinesisClient kinesis;
  private final String stream;
  private final String shardId;
  private final Predicate<SdkException> retried;
  private final Duration pollInterval;
  private final InstantSource time;
  private final Sleeper sleeper;
  private Consumer<GetShardIteratorRequest.Builder> position;
  private String iterator;
  private boolean wasEmpty;
  private boolean ended;
  private int failuresInRow;

  /**
   * @param start sets where to begin
   * @param retried the faults that {@link #read} logs and waits out; it throws all others
   * @param pollInterval the pause after an empty read
   */
  public KinesisShardSource(
      KinesisClient kinesis,
      String stream,
      String shardId,
      Consumer<GetShardIteratorRequest.Builder> start,
      Predicate<SdkException> retried,
      Duration pollInterval,
      InstantSource time,
      Sleeper sleeper) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.shardId = shardId;
    this.position = start;
    this.retried = retried;
    this.pollInterval = pollInterval;
    this.time = time;
    this.sleeper = sleeper;
  }

  /** Begins at the oldest record. */
  public static void oldest(GetShardIteratorRequest.Builder request) {
    request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
  }

  /** Begins after a record. */
  public static Consumer<GetShardIteratorRequest.Builder> after(String sequenceNumber) {
    return request ->
        request
            .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
            .startingSequenceNumber(sequenceNumber);
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
    } catch (SdkException e) {
      if (!retried.test(e)) {
        throw e;
      }
      waitAfter(e);
    }
    return ShardRead.of(List.of());
  }

  private ShardRead readOnce() {
    if (iterator == null) {
      GetShardIteratorRequest.Builder request =
          GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
      position.accept(request);
      iterator = kinesis.getShardIterator(request.build()).shardIterator();
    }
    Instant begun = time.instant();
    GetRecordsResponse response =
        kinesis.getRecords(r -> r.shardIterator(iterator).limit(READ_LIMIT));
    Long millisBehind = response.millisBehindLatest();
    wasEmpty = response.records().isEmpty();
    ended = response.nextShardIterator() == null;
    boolean atTip = wasEmpty && (millisBehind == null || millisBehind == 0);
    if (!atTip) {
      iterator = response.nextShardIterator();
    }
    return atTip && !ended ? ShardRead.atTip(begun) : records(response);
  }

  private ShardRead records(GetRecordsResponse response) {
    List<ShardRecord> records = response.records().stream().map(KinesisShardSource::copy).toList();
    if (!records.isEmpty()) {
      position = after(records.get(records.size() - 1).sequenceNumber());
    }
    return ended && records.isEmpty() ? ShardRead.atEnd() : ShardRead.of(records);
  }

  private void waitAfter(SdkException e) throws InterruptedException {
    failuresInRow++;
    Duration pause = BACKOFF.after(failuresInRow);
    LOG.warn("Reading {} of {} again in {}: {}", shardId, stream, pause, e.getMessage());
    sleeper.sleep(pause);
  }

  private static ShardRecord copy(Record record) {
    return new ShardRecord(
        record.sequenceNumber(),
        record.partitionKey(),
        record.data().asByteArrayUnsafe(),
        record.approximateArrivalTimestamp());
  }
}
