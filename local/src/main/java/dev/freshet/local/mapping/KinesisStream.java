package dev.freshet.local.mapping;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** TEMPORARY direct reader for measuring. */
public final class KinesisStream implements StreamSource, AutoCloseable {
  private final KinesisClient kinesis;
  private final String name;
  private final Duration pollInterval;
  private final InstantSource time;
  private final StopSignal stop = new StopSignal();

  public KinesisStream(
      KinesisClient kinesis, String name, Duration pollInterval, InstantSource time) {
    this.kinesis = kinesis;
    this.name = name;
    this.pollInterval = pollInterval;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> shardIds() {
    List<String> ids = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(r -> r.streamName(name));
    page.shards().stream().map(Shard::shardId).sorted(Comparator.naturalOrder()).forEach(ids::add);
    return ids;
  }

  @Override
  public ShardSource open(String shardId) {
    return new KinesisShardSource(
        kinesis, name, shardId, Optional.empty(), pollInterval, time, stop);
  }

  @Override
  public void close() {
    stop.set();
  }
}
