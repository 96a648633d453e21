package dev.freshet.shard;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records for tests, numbered from 1. */
public final class Records {

  public static final String SHARD = "shardId-000000000000";

  private Records() {}

  public static String sequenceNumber(int number) {
    return "4959000000000000000000000000000000000000000000000000%04d".formatted(number);
  }

  public static int numberOf(String sequenceNumber) {
    return Integer.parseInt(sequenceNumber.substring(sequenceNumber.length() - 4));
  }

  public static ShardRecord record(int number) {
    return record(number, "item-" + number);
  }

  public static ShardRecord record(int number, String partitionKey) {
    return arrived(number, partitionKey, ManualTime.START);
  }

  public static ShardRecord arrived(int number, String partitionKey, Instant arrival) {
    byte[] data = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    return new ShardRecord(sequenceNumber(number), partitionKey, data, arrival);
  }

  public static List<ShardRecord> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Records::record).toList();
  }
}
