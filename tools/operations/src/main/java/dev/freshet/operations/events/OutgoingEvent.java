package dev.freshet.operations.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A record on its way into Kinesis.
 *
 * @param stream the stream's name, without the stage prefix used on AWS
 * @param partitionKey 1 to 256 characters; the item's id where there is one
 * @param json the record's data; the array is not copied and must not change any more
 * @param occurredAt when the business event happened, empty if the record does not say
 */
@SuppressWarnings("ArrayRecordComponent") // one reader, no comparison: a copy would cost, not help
public record OutgoingEvent(
    String stream, String partitionKey, byte[] json, Optional<Instant> occurredAt) {

  /** Kinesis takes no longer partition key, in characters. */
  static final int LONGEST_KEY = 256;

  /** Kinesis takes no larger record, in bytes; its partition key is counted in. */
  static final int LARGEST_RECORD_BYTES = 1 << 20;

  public OutgoingEvent {
    if (partitionKey.isEmpty() || partitionKey.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "a partition key has 1 to 256 characters, not %d".formatted(partitionKey.length()));
    }
  }

  /** What the record weighs in the limits of Kinesis: data and partition key. */
  int sizeBytes() {
    return json.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
  }
}
