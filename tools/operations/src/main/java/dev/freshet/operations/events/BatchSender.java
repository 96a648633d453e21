package dev.freshet.operations.events;

import dev.freshet.kinesis.Retries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Puts a batch with {@code PutRecords} until every record of it is acknowledged. */
final class BatchSender {

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final Retries retries;
  private final LongConsumer acknowledged;

  /**
   * @param acknowledged gets the number of acknowledged records after each call
   */
  BatchSender(
      KinesisClient kinesis, String streamPrefix, Retries retries, LongConsumer acknowledged) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.retries = retries;
    this.acknowledged = acknowledged;
  }

  /**
   * Returns when all of the batch is acknowledged; repeats exactly the records that were refused.
   *
   * @throws EventPutException if too many calls in a row acknowledged nothing, or one threw
   */
  void send(String stream, List<OutgoingEvent> batch) throws InterruptedException {
    List<OutgoingEvent> waiting = batch;
    int fruitless = 0;
    while (true) {
      List<PutRecordsResultEntry> results = put(stream, waiting);
      List<OutgoingEvent> refused = refused(waiting, results);
      acknowledged.accept(waiting.size() - refused.size());
      if (refused.isEmpty()) {
        return;
      }
      fruitless = refused.size() < waiting.size() ? 0 : fruitless + 1;
      if (fruitless == retries.attempts()) {
        throw new EventPutException(stream, refused.size(), refusedReason(results), null);
      }
      retries.pauseAfter(fruitless);
      waiting = refused;
    }
  }

  /** Calls once; the client's own retry policy repeats calls that fail as a whole. */
  private List<PutRecordsResultEntry> put(String stream, List<OutgoingEvent> events) {
    List<PutRecordsResultEntry> results;
    try {
      results =
          kinesis
              .putRecords(
                  call ->
                      call.streamName(streamPrefix + stream)
                          .records(events.stream().map(BatchSender::entry).toList()))
              .records();
    } catch (RuntimeException e) {
      throw new EventPutException(stream, events.size(), String.valueOf(e.getMessage()), e);
    }
    if (results.size() != events.size()) {
      String reason = "the stream answered for %d of them".formatted(results.size());
      throw new EventPutException(stream, events.size(), reason, null);
    }
    return results;
  }

  private static PutRecordsRequestEntry entry(OutgoingEvent event) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(event.partitionKey())
        .data(SdkBytes.fromByteArrayUnsafe(event.json()))
        .build();
  }

  private static List<OutgoingEvent> refused(
      List<OutgoingEvent> events, List<PutRecordsResultEntry> results) {
    List<OutgoingEvent> refused = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (results.get(i).errorCode() != null) {
        refused.add(events.get(i));
      }
    }
    return refused;
  }

  private String refusedReason(List<PutRecordsResultEntry> results) {
    PutRecordsResultEntry refusal =
        results.stream().filter(each -> each.errorCode() != null).findFirst().orElseThrow();
    return "refused %d times in a row, last with %s: %s"
        .formatted(retries.attempts(), refusal.errorCode(), refusal.errorMessage());
  }
}
