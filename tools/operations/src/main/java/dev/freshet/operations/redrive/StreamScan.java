package dev.freshet.operations.redrive;

import dev.freshet.aws.emulator.mapping.StreamShard;
import dev.freshet.aws.emulator.mapping.StreamShards;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads the records of a stream that were there at an instant, of all its shards: also of those
 * that a split or a merge has closed, and before the shards that came of it.
 */
public final class StreamScan {

  private StreamScan() {}

  /**
   * Hands over each record with the id of its shard; those of a partition key in their order.
   *
   * @param since the first instant of arrival that is meant; empty for all that the stream still
   *     has
   * @param end the first instant that is not meant any more
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such stream
   */
  public static void read(
      KinesisClient kinesis,
      String stream,
      Optional<Instant> since,
      Instant end,
      BiConsumer<String, Record> receiver) {
    for (StreamShard shard : StreamShards.of(kinesis, stream)) {
      ShardScan.within(kinesis, stream, shard.id(), since, end)
          .forEachRemaining(record -> receiver.accept(shard.id(), record));
    }
  }
}
