package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.mapping.BatchProcessor.Attempt;
import dev.freshet.aws.emulator.mapping.BatchProcessor.Failure;
import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records of a shard up: counts them, and sends the mapping's destination the document that
 * Lambda sends. It says where the records are and does not contain them.
 */
record BatchDiscarder(
    MappingDefinition mapping,
    String shardId,
    AwsAccount account,
    BiConsumer<String, String> destination,
    MappingCounters counters,
    InstantSource time) {

  static final String RETRIES_EXHAUSTED = "RetryAttemptsExhausted";
  static final String AGE_EXCEEDED = "RecordAgeExceeded";

  private static final Logger LOG = LoggerFactory.getLogger(BatchDiscarder.class);

  /**
   * Gives records up.
   *
   * @param attempt the batch that they are in
   * @param condition the reason, in Lambda's words
   */
  void discard(Attempt attempt, List<EventRecord> records, String condition) {
    counters.addDiscarded(records.size());
    String text = document(attempt, records, condition);
    LOG.warn("Gave up {} records: {}", records.size(), text);
    mapping.onFailureDestination().ifPresent(name -> send(name, text));
  }

  /** Only logs a failure of the destination, because the shard must go on. */
  private void send(String name, String text) {
    try {
      destination.accept(name, text);
    } catch (RuntimeException e) {
      LOG.error("Could not tell {} of discarded records: {}", name, text, e);
    }
  }

  /** Leaves {@code responseContext} out if the function never got the records. */
  private String document(Attempt attempt, List<EventRecord> records, String condition) {
    EventRecord first = records.get(0);
    EventRecord last = records.get(records.size() - 1);
    return """
    {"requestContext":{"requestId":"%s","functionArn":"%s","condition":"%s",\
    "approximateInvokeCount":%d},%s"version":"1.0","timestamp":"%s","KinesisBatchInfo":{\
    "shardId":"%s","startSequenceNumber":"%s","endSequenceNumber":"%s",\
    "approximateArrivalOfFirstRecord":"%s","approximateArrivalOfLastRecord":"%s",\
    "batchSize":%d,"streamArn":"%s"}}"""
        .formatted(
            attempt.last().map(Failure::requestId).orElseGet(() -> UUID.randomUUID().toString()),
            account.functionArn(mapping.function()),
            condition,
            attempt.failures(),
            attempt.last().map(BatchDiscarder::response).orElse(""),
            time(time.instant()),
            shardId,
            first.sequenceNumber(),
            last.sequenceNumber(),
            time(first.arrival()),
            time(last.arrival()),
            records.size(),
            account.streamArn(mapping.stream()));
  }

  private static String response(Failure last) {
    return "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\"%s},"
        .formatted(last.byException() ? ",\"functionError\":\"Unhandled\"" : "");
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
