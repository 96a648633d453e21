package dev.freshet.operations.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A record to put into Kinesis.
 *
 * @param stream the stream's name, without the stage prefix used on AWS
 * @param partitionKey 1 to 256 characters; the item's id where there is one
 * @param json the record's data; not copied, so the array must not change
 * @param occurredAt the event's time; empty if the record has none
 */
@SuppressWarnings("ArrayRecordComponent") // one reader, no comparison: a copy would cost, not help
public record OutgoingEvent(
    String stream, String partitionKey, byte[] json, Optional<Instant> occurredAt) {

  /** The longest partition key that Kinesis takes, in characters. */
  static final int LONGEST_KEY = 256;

  /** The largest record that Kinesis takes, in bytes, with its partition key. */
  static final int LARGEST_RECORD_BYTES = 1 << 20;

  public OutgoingEvent {
    if (partitionKey.isEmpty() || partitionKey.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "a partition key has 1 to 256 characters, not %d".formatted(partitionKey.length()));
    }
  }

  /** Returns the size that Kinesis limits: data and partition key. */
  int sizeBytes() {
    return json.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
  }

  PutRecordsRequestEntry entry() {
    return PutRecordsRequestEntry.builder()
        .partitionKey(partitionKey)
        .data(SdkBytes.fromByteArrayUnsafe(json))
        .build();
  }
}
