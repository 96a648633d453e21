package dev.freshet.kinesis;

import static dev.freshet.metrics.Metric.KINESIS_ERRORS;
import static dev.freshet.metrics.Metric.KINESIS_RETRIES;

import dev.freshet.metrics.Metrics;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts records into a Kinesis stream, as many in a call as Kinesis takes.
 *
 * <p>A record that is larger than Kinesis ever takes would make the call fail for all its
 * neighbours, and again whenever it came: it is dropped, and logged as an error. No dead letter is
 * so large, and no result of a group that can be declared.
 */
public final class KinesisSink implements RecordSink {

  private static final Logger LOG = LoggerFactory.getLogger(KinesisSink.class);

  /** Limits of PutRecords, the size with room for what the client adds. */
  private static final int MOST_RECORDS = 500;

  private static final int MOST_BYTES = 4_500_000;

  private static final int MOST_ATTEMPTS = 5;

  private final KinesisClient kinesis;
  private final String stream;
  private final Metrics metrics;
  private final Retries retries;

  public KinesisSink(KinesisClient kinesis, String stream, Metrics metrics) {
    this(kinesis, stream, metrics, attempts(MOST_ATTEMPTS));
  }

  /**
   * @param retries how often a record is put at most, and the pauses in between
   */
  public KinesisSink(KinesisClient kinesis, String stream, Metrics metrics, Retries retries) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.metrics = metrics;
    this.retries = retries;
  }

  /** So many attempts, the second 50 ms after the first; each further pause is twice as long. */
  public static Retries attempts(int most) {
    return Retries.inRealTime(most, Duration.ofMillis(50), Duration.ofMillis(400));
  }

  @Override
  public BitSet put(List<OutgoingRecord> records) {
    BitSet missing = new BitSet(records.size());
    for (int from = 0; from < records.size(); ) {
      int to = endOfCall(records, from);
      List<Integer> call =
          IntStream.range(from, to).filter(i -> fits(records.get(i))).boxed().toList();
      List<Integer> left = putWithRetries(records, call);
      left.forEach(missing::set);
      if (!left.isEmpty() && left.size() == call.size()) {
        missing.set(to, records.size()); // it takes nothing: the next call would only cost time
        break;
      }
      from = to;
    }
    return missing;
  }

  private boolean fits(OutgoingRecord record) {
    if (record.fits()) {
      return true;
    }
    LOG.error(
        "a record of {} bytes for {} in {} is larger than Kinesis takes and is dropped",
        record.data().length,
        record.partitionKey(),
        stream);
    metrics.count(KINESIS_ERRORS, 1);
    return false;
  }

  private static int endOfCall(List<OutgoingRecord> records, int from) {
    int bytes = records.get(from).size();
    int to = from + 1;
    while (to < records.size() && to - from < MOST_RECORDS) {
      bytes += records.get(to).size();
      if (bytes > MOST_BYTES) {
        break;
      }
      to++;
    }
    return to;
  }

  /** A call may fail in part: exactly the failed entries are put again. Answers what is left. */
  private List<Integer> putWithRetries(List<OutgoingRecord> records, List<Integer> all) {
    List<Integer> left = all;
    for (int attempt = 1; attempt <= retries.attempts() && !left.isEmpty(); attempt++) {
      if (attempt > 1 && !pauseAfter(attempt - 1)) {
        break;
      }
      metrics.count(KINESIS_RETRIES, attempt > 1 ? left.size() : 0);
      left = putOnce(records, left);
      metrics.count(KINESIS_ERRORS, left.size());
    }
    return left;
  }

  private List<Integer> putOnce(List<OutgoingRecord> records, List<Integer> indexes) {
    try {
      var entries = indexes.stream().map(index -> entry(records.get(index))).toList();
      var response = kinesis.putRecords(call -> call.streamName(stream).records(entries));
      List<Integer> failed = new ArrayList<>();
      for (int i = 0; i < indexes.size(); i++) {
        PutRecordsResultEntry entry = response.records().get(i);
        if (entry.errorCode() != null) {
          failed.add(indexes.get(i));
        }
      }
      return failed;
    } catch (SdkException e) {
      LOG.warn("putting {} records to {} failed: {}", indexes.size(), stream, e.getMessage());
      return indexes;
    }
  }

  private static PutRecordsRequestEntry entry(OutgoingRecord record) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(record.partitionKey())
        .data(SdkBytes.fromByteArrayUnsafe(record.data()))
        .build();
  }

  private boolean pauseAfter(int attempts) {
    try {
      retries.pauseAfter(attempts);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
