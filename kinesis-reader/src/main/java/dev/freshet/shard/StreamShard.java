package dev.freshet.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A shard of a stream.
 *
 * @param parents the shard that was split into this one and its sibling, or the two that were
 *     merged into it; empty if the stream began with it
 */
public record StreamShard(String id, Set<String> parents) {

  public StreamShard {
    parents = Set.copyOf(parents);
  }

  /**
   * Returns all shards whose records a stream still has, closed ones included, parents before their
   * children. Read in this order, they give the records of a partition key in order.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there is no such stream
   */
  public static List<StreamShard> allOf(KinesisClient kinesis, String stream) {
    List<StreamShard> shards = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(call -> call.streamName(stream));
    page.shards().forEach(each -> shards.add(of(each)));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis.listShards(call -> call.nextToken(token));
      page.shards().forEach(each -> shards.add(of(each)));
    }
    return ShardOrder.parentsFirst(shards);
  }

  private static StreamShard of(Shard shard) {
    return new StreamShard(
        shard.shardId(),
        Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }
}
