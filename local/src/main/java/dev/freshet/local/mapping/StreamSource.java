package dev.freshet.local.mapping;

import java.util.List;

/** A stream that mappings read. */
public interface StreamSource {

  String name();

  List<String> shardIds();

  /** A new position at the oldest record of the shard, independent of every other position. */
  ShardSource open(String shardId);
}
