package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.AwsAccount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records for tests, numbered from 1. */
final class Records {

  static final AwsAccount ACCOUNT = new AwsAccount("us-east-1", "000000000000");
  static final String SHARD = "shardId-000000000000";

  private Records() {}

  static String sequenceNumber(int number) {
    return "4959000000000000000000000000000000000000000000000000%04d".formatted(number);
  }

  static int numberOf(String sequenceNumber) {
    return Integer.parseInt(sequenceNumber.substring(sequenceNumber.length() - 4));
  }

  static ShardRecord record(int number) {
    return record(number, "order-" + number);
  }

  static ShardRecord record(int number, String partitionKey) {
    return arrived(number, partitionKey, ManualTime.START);
  }

  static ShardRecord arrived(int number, String partitionKey, Instant arrival) {
    byte[] data = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    return new ShardRecord(sequenceNumber(number), partitionKey, data, arrival);
  }

  static List<ShardRecord> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Records::record).toList();
  }

  static List<EventRecord> events(List<ShardRecord> records) {
    EventWriter writer = writer();
    return records.stream().map(writer::record).toList();
  }

  static EventWriter writer() {
    return new EventWriter(ACCOUNT, "store-orders", "order-created", SHARD);
  }
}
