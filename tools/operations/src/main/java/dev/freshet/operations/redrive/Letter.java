package dev.freshet.operations.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/**
 * A dead letter, read from its stream.
 *
 * @param partitionKey of the record that the letter is about
 * @param stream the whole name of the stream that the record came from
 * @param payload the record's bytes; not copied
 * @param isCut whether the payload is only the start of a record too large for a letter
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Letter(
    String partitionKey,
    String reason,
    String detail,
    String featureGroup,
    String stream,
    String shardId,
    String sequenceNumber,
    Instant receivedAt,
    byte[] payload,
    boolean isCut) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CUT = "payload cut to its start";

  /**
   * Reads a record of the stream of dead letters.
   *
   * @throws IOException if the record is no dead letter
   */
  static Letter read(String partitionKey, byte[] data) throws IOException {
    JsonNode json = JSON.readTree(data);
    String detail = json.path("detail").asText();
    return new Letter(
        partitionKey,
        text(json, "reason"),
        detail,
        text(json, "featureGroup"),
        text(json, "stream"),
        json.path("shardId").asText(),
        json.path("sequenceNumber").asText(),
        Instant.ofEpochMilli(json.path("receivedAt").asLong()),
        member(json, "payload").binaryValue(),
        detail.endsWith(CUT));
  }

  private static String text(JsonNode json, String name) throws IOException {
    return member(json, name).asText();
  }

  private static JsonNode member(JsonNode json, String name) throws IOException {
    if (!json.path(name).isTextual()) {
      throw new IOException("a dead letter needs " + name);
    }
    return json.get(name);
  }

  /** Returns one line for the list. */
  String line() {
    String line =
        "%s  %s  %s  %s %s %s  %s"
            .formatted(receivedAt, reason, featureGroup, stream, shardId, sequenceNumber, detail);
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
