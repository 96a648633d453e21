package dev.freshet.local.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.emulator.function.AwsAccount;
import java.io.IOException;
import java.util.List;

/** Builds batches of records as Lambda delivers them to a function. */
final class KinesisEvents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHARD = "shardId-000000000000";

  private KinesisEvents() {}

  /** One batch of one shard; records are numbered in their order. */
  static byte[] of(AwsAccount account, String function, String stream, List<byte[]> data)
      throws IOException {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (byte[] each : data) {
      String sequenceNumber =
          "4959033827149025660855969253836157109592%d".formatted(records.size());
      ObjectNode entry = records.addObject();
      entry.put("eventSource", "aws:kinesis");
      entry.put("eventVersion", "1.0");
      entry.put("eventID", SHARD + ":" + sequenceNumber);
      entry.put("eventName", "aws:kinesis:record");
      entry.put("invokeIdentityArn", account.roleArn(function));
      entry.put("awsRegion", account.region());
      entry.put("eventSourceARN", account.streamArn(stream));
      entry
          .putObject("kinesis")
          .put("kinesisSchemaVersion", "1.0")
          .put("partitionKey", "any")
          .put("sequenceNumber", sequenceNumber)
          .put("data", each)
          .put("approximateArrivalTimestamp", 1_545_084_650.987);
    }
    return JSON.writeValueAsBytes(event);
  }
}
