package dev.freshet.aws.emulator.stream;

import dev.freshet.shard.ShardSource;
import dev.freshet.shard.StreamShard;
import java.util.List;

/** A stream that mappings read. */
public interface StreamSource {

  /**
   * Returns all known shards, parents before children. The children of a shard are known before a
   * reader of it reaches its end.
   */
  List<StreamShard> shards();

  /** Opens a reader of its own at the oldest record of the shard. */
  ShardSource open(String shardId);
}
