package dev.freshet.aws.emulator.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.shard.ShardRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes the events of one shard for one function, with the members that Lambda writes. */
final class EventWriter {

  /** A record, and its JSON in the event that a function gets. */
  @SuppressWarnings("ArrayRecordComponent") // identity is the sequence number, never the bytes
  record EventRecord(ShardRecord source, byte[] json) {
    String sequenceNumber() {
      return source.sequenceNumber();
    }

    Instant arrival() {
      return source.approximateArrival();
    }
  }

  private static final byte[] OPEN = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CLOSE = "]}".getBytes(StandardCharsets.UTF_8);
  private static final JsonFactory JSON = new JsonFactory();

  private final String shardId;
  private final String streamArn;
  private final String roleArn;
  private final String region;

  EventWriter(AwsAccount account, String function, String stream, String shardId) {
    this.shardId = shardId;
    this.streamArn = account.streamArn(stream);
    this.roleArn = account.roleArn(function);
    this.region = account.region();
  }

  EventRecord record(ShardRecord source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + source.data().length * 4 / 3);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(source, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EventRecord(source, bytes.toByteArray());
  }

  /** Returns the size of {@link #event} for one record; each further one adds JSON and a comma. */
  static long sizeWith(EventRecord first) {
    return (long) OPEN.length + CLOSE.length + first.json().length;
  }

  static byte[] event(List<EventRecord> records) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.writeBytes(OPEN);
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        event.write(',');
      }
      event.writeBytes(records.get(i).json());
    }
    event.writeBytes(CLOSE);
    return event.toByteArray();
  }

  private void write(ShardRecord source, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("kinesis");
    json.writeStringField("kinesisSchemaVersion", "1.0");
    json.writeStringField("partitionKey", source.partitionKey());
    json.writeStringField("sequenceNumber", source.sequenceNumber());
    json.writeBinaryField("data", source.data());
    json.writeNumberField("approximateArrivalTimestamp", seconds(source));
    json.writeEndObject();
    json.writeStringField("eventSource", "aws:kinesis");
    json.writeStringField("eventVersion", "1.0");
    json.writeStringField("eventID", shardId + ":" + source.sequenceNumber());
    json.writeStringField("eventName", "aws:kinesis:record");
    json.writeStringField("invokeIdentityArn", roleArn);
    json.writeStringField("awsRegion", region);
    json.writeStringField("eventSourceARN", streamArn);
    json.writeEndObject();
  }

  private static BigDecimal seconds(ShardRecord source) {
    return BigDecimal.valueOf(source.approximateArrival().toEpochMilli(), 3);
  }
}
