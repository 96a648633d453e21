package dev.freshet.result;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.event.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/**
 * An event, or a record, that could not be processed, with the reason.
 *
 * @param detail the fault, for people to read
 * @param featureGroups the groups of a function that rejected it for this reason, or the
 *     subscriber's name
 * @param stream the stream it came from
 * @param subSequence the event's place in a record of several events, from 0
 * @param receivedAt the time a function received it, epoch milliseconds
 * @param payload the original bytes, from position to limit
 */
public record DeadLetter(
    Reason reason,
    String detail,
    List<String> featureGroups,
    String stream,
    String shardId,
    String sequenceNumber,
    OptionalInt subSequence,
    long receivedAt,
    ByteBuffer payload) {

  /** In base64 this still fits into a Kinesis record of 1 MiB. */
  private static final int MOST_PAYLOAD_BYTES = 700 * 1024;

  /**
   * Returns the JSON of the record; cuts a payload too large for a Kinesis record, and says so in
   * the detail.
   */
  public byte[] toJson() {
    byte[] bytes = new byte[Math.min(payload.remaining(), MOST_PAYLOAD_BYTES)];
    payload.duplicate().get(bytes);
    boolean cut = bytes.length < payload.remaining();
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 + bytes.length * 4 / 3);
    try (JsonGenerator json = ResultJson.JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("reason", reason.name());
      json.writeStringField("detail", cut ? detail + cutNote() : detail);
      json.writeStringField("featureGroup", featureGroups.get(0));
      if (featureGroups.size() > 1) {
        json.writeArrayFieldStart("featureGroups");
        for (String each : featureGroups) {
          json.writeString(each);
        }
        json.writeEndArray();
      }
      json.writeStringField("stream", stream);
      json.writeStringField("shardId", shardId);
      json.writeStringField("sequenceNumber", sequenceNumber);
      if (subSequence.isPresent()) {
        json.writeNumberField("subSequence", subSequence.getAsInt());
      }
      json.writeNumberField("receivedAt", receivedAt);
      json.writeBinaryField("payload", bytes);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private String cutNote() {
    return "; %d bytes, payload cut to its start".formatted(payload.remaining());
  }
}
