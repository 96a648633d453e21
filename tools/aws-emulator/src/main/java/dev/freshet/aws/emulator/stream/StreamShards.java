package dev.freshet.aws.emulator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Lists the shards of a stream of Kinesis. */
public final class StreamShards {

  private StreamShards() {}

  /**
   * Returns all shards whose records a stream still has, closed ones included, parents before their
   * children. Read in this order, they give the records of a partition key in order.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such stream
   */
  public static List<StreamShard> of(KinesisClient kinesis, String stream) {
    List<StreamShard> shards = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(call -> call.streamName(stream));
    add(page, shards);
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis.listShards(call -> call.nextToken(token));
      add(page, shards);
    }
    return parentsFirst(shards);
  }

  private static void add(ListShardsResponse page, List<StreamShard> shards) {
    page.shards().stream().map(StreamShards::shard).forEach(shards::add);
  }

  private static StreamShard shard(Shard shard) {
    return new StreamShard(
        shard.shardId(),
        Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
            .filter(id -> id != null)
            .collect(Collectors.toSet()));
  }

  private static List<StreamShard> parentsFirst(List<StreamShard> shards) {
    ShardOrder order = new ShardOrder();
    List<StreamShard> sorted = new ArrayList<>();
    List<StreamShard> generation = order.begin(shards);
    while (!generation.isEmpty()) {
      sorted.addAll(generation);
      generation.forEach(shard -> order.finish(shard.id()));
      generation = order.begin(shards);
    }
    return sorted;
  }
}
