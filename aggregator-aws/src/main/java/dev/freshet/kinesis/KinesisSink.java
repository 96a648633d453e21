package dev.freshet.kinesis;

import static dev.freshet.metrics.Metric.KINESIS_ERRORS;
import static dev.freshet.metrics.Metric.KINESIS_RETRIES;

import dev.freshet.metrics.Metrics;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.Retries;
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
 * Puts records into a Kinesis stream, as many in a call as Kinesis allows.
 *
 * <p>Drops a record that is larger than Kinesis allows, and logs an error: it would make the whole
 * call fail, again at each retry. No dead letter and no result of a valid group is that large.
 */
public final class KinesisSink implements RecordSink {

  private static final Logger LOG = LoggerFactory.getLogger(KinesisSink.class);

  /** Limits of PutRecords; the size leaves room for the overhead of the client. */
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
   * @param retries the greatest number of attempts for a record, and the pauses between them
   */
  public KinesisSink(KinesisClient kinesis, String stream, Metrics metrics, Retries retries) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.metrics = metrics;
    this.retries = retries;
  }

  /**
   * Creates retries whose first pause is 50 ms; each further pause is twice as long, up to 400 ms.
   */
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
        missing.set(
            to, records.size()); // the stream accepts nothing: the next call would only cost time
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
        "dropped a record of {} bytes for {} in {}: it is larger than Kinesis allows",
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

  /**
   * Puts records, and puts failed ones again, as a call may fail in part. Returns the indexes of
   * records that still failed.
   */
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
