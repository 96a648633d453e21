package dev.freshet.stream;

import java.nio.ByteBuffer;

/**
 * A record as a function receives it.
 *
 * @param stream the name of the stream
 * @param data the bytes, from position to limit
 */
public record StreamRecord(
    String stream, String shardId, String sequenceNumber, String partitionKey, ByteBuffer data) {

  /**
   * Creates a record from the fields of an event source mapping.
   *
   * @param eventId {@code <shard id>:<sequence number>}
   * @param sourceArn {@code arn:…:stream/<name>}
   */
  public static StreamRecord ofMapping(
      String eventId, String sourceArn, String partitionKey, ByteBuffer data) {
    int colon = eventId.indexOf(':');
    return new StreamRecord(
        sourceArn.substring(sourceArn.lastIndexOf('/') + 1),
        eventId.substring(0, colon),
        eventId.substring(colon + 1),
        partitionKey,
        data);
  }
}
