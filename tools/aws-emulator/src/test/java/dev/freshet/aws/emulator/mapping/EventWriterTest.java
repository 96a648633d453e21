package dev.freshet.aws.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventWriterTest {

  private static final ShardRecord RECORD =
      new ShardRecord(
          Records.sequenceNumber(7),
          "thing \"7\" é",
          "{\"eventId\":\"é\"}".getBytes(StandardCharsets.UTF_8),
          Instant.parse("2026-03-01T10:00:00.987Z"));

  @Test
  void theRuntimeReadsEveryMember() {
    byte[] json = EventWriter.event(MappingDriver.events(List.of(RECORD)));

    KinesisEvent event =
        LambdaEventSerializers.serializerFor(KinesisEvent.class, getClass().getClassLoader())
            .fromJson(new ByteArrayInputStream(json));

    KinesisEventRecord record = event.getRecords().get(0);
    assertThat(record.getEventSource()).isEqualTo("aws:kinesis");
    assertThat(record.getEventVersion()).isEqualTo("1.0");
    assertThat(record.getEventName()).isEqualTo("aws:kinesis:record");
    assertThat(record.getEventID()).isEqualTo(Records.SHARD + ":" + RECORD.sequenceNumber());
    assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(record.getInvokeIdentityArn())
        .isEqualTo("arn:aws:iam::000000000000:role/place-items");
    assertThat(record.getEventSourceARN())
        .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/item-created");
    assertThat(record.getKinesis().getKinesisSchemaVersion()).isEqualTo("1.0");
    assertThat(record.getKinesis().getSequenceNumber()).isEqualTo(RECORD.sequenceNumber());
    assertThat(record.getKinesis().getPartitionKey()).isEqualTo("thing \"7\" é");
    assertThat(record.getKinesis().getData().array()).isEqualTo(RECORD.data());
    assertThat(record.getKinesis().getApproximateArrivalTimestamp())
        .isEqualTo(Date.from(RECORD.approximateArrival()));
  }

  @Test
  void theJsonHasTheShapeOfARealEvent() throws Exception {
    byte[] json = EventWriter.event(MappingDriver.events(List.of(RECORD)));

    assertThat(new ObjectMapper().readTree(json).toPrettyString())
        .isEqualTo(new ObjectMapper().readTree(expected()).toPrettyString());
  }

  @Test
  void severalRecordsKeepTheirOrder() {
    byte[] json = EventWriter.event(MappingDriver.events(Records.upTo(3)));

    assertThat(ScriptedFunction.numbers(json)).containsExactly(1, 2, 3);
  }

  private static String expected() {
    return """
        {"Records": [{
          "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "thing \\"7\\" é",
            "sequenceNumber": "49590000000000000000000000000000000000000000000000000007",
            "data": "eyJldmVudElkIjoiw6kifQ==",
            "approximateArrivalTimestamp": 1772359200.987
          },
          "eventSource": "aws:kinesis",
          "eventVersion": "1.0",
          "eventID": "shardId-000000000000:49590000000000000000000000000000000000000000000000000007",
          "eventName": "aws:kinesis:record",
          "invokeIdentityArn": "arn:aws:iam::000000000000:role/place-items",
          "awsRegion": "us-east-1",
          "eventSourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/item-created"
        }]}
        """;
  }
}
