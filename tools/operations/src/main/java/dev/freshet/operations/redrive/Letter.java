package dev.freshet.operations.redrive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;

/**
 * A dead letter, read from its stream.
 *
 * @param stream the whole name of the stream that the record came from
 * @param receivedAt epoch milliseconds
 * @param payload the record's bytes; not copied
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record Letter(
    String reason,
    String detail,
    String featureGroup,
    String stream,
    String shardId,
    String sequenceNumber,
    long receivedAt,
    byte[] payload) {

  private static final ObjectReader JSON =
      new ObjectMapper()
          .readerFor(Letter.class)
          .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /**
   * Reads a record of the stream of dead letters.
   *
   * @throws IOException if the record is no dead letter
   */
  public static Letter read(byte[] data) throws IOException {
    return JSON.readValue(data);
  }

  /** Returns whether the payload is only the start of a record too large for a letter. */
  public boolean isCut() {
    return detail.endsWith("payload cut to its start");
  }

  public Instant received() {
    return Instant.ofEpochMilli(receivedAt);
  }

  /** Returns one line for the list. */
  String line() {
    return "%s  %s  %s  %s %s %s  %s"
        .formatted(received(), reason, featureGroup, stream, shardId, sequenceNumber, detail)
        .replaceAll("\\p{Cntrl}", " ");
  }
}
