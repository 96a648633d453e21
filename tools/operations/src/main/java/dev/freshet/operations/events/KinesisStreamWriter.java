package dev.freshet.operations.events;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Kinesis {@code PutRecords}; whole calls that fail are repeated by the client's retry policy. */
public final class KinesisStreamWriter implements StreamWriter {

  private final KinesisClient kinesis;
  private final String streamPrefix;

  /**
   * @param kinesis stays the caller's to close
   * @param streamPrefix what stands before each stream's name, such as {@code prod-}; may be empty
   */
  public KinesisStreamWriter(KinesisClient kinesis, String streamPrefix) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
  }

  @Override
  public List<Optional<String>> write(String stream, List<OutgoingEvent> events) {
    PutRecordsRequest request =
        PutRecordsRequest.builder()
            .streamName(streamPrefix + stream)
            .records(events.stream().map(KinesisStreamWriter::entry).toList())
            .build();
    return kinesis.putRecords(request).records().stream()
        .map(KinesisStreamWriter::refusal)
        .toList();
  }

  private static PutRecordsRequestEntry entry(OutgoingEvent event) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(event.partitionKey())
        .data(SdkBytes.fromByteArrayUnsafe(event.json()))
        .build();
  }

  private static Optional<String> refusal(PutRecordsResultEntry result) {
    return Optional.ofNullable(result.errorCode()).map(code -> code + ": " + result.errorMessage());
  }
}
