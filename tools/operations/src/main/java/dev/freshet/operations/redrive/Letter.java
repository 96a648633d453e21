package dev.freshet.operations.redrive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A dead letter, read from its stream.
 *
 * @param featureGroup the first of the groups that rejected the record
 * @param featureGroups all of them if there are several
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
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> featureGroups,
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

  /** Returns the groups that rejected the record. */
  List<String> groups() {
    return featureGroups.isEmpty() ? List.of(featureGroup) : featureGroups;
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
        .formatted(
            received(), reason, String.join(",", groups()), stream, shardId, sequenceNumber, detail)
        .replaceAll("\\p{Cntrl}", " ");
  }
}
