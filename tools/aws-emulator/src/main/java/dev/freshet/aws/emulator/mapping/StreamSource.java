package dev.freshet.aws.emulator.mapping;

import java.util.List;

/** A stream that mappings read. */
public interface StreamSource {

  String name();

  /**
   * All shards that are known, parents before children. Those that follow a shard are known before
   * a reader learns of its end.
   */
  List<StreamShard> shards();

  /** A new position at the oldest record of the shard, independent of every other position. */
  ShardSource open(String shardId);
}
