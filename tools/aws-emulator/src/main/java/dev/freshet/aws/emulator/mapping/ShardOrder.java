package dev.freshet.aws.emulator.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order shards are read: a child only once all its parents are finished, as a partition
 * key's records go on in it. A parent that the stream has forgotten counts as finished.
 */
final class ShardOrder {

  private final Set<String> begun = new HashSet<>();
  private final Set<String> finished = new HashSet<>();

  /** The shards that may be read from now on, each given once. */
  List<StreamShard> begin(List<StreamShard> all) {
    Set<String> known = all.stream().map(StreamShard::id).collect(Collectors.toSet());
    List<StreamShard> ready =
        all.stream()
            .filter(shard -> !begun.contains(shard.id()))
            .filter(
                shard ->
                    shard.parents().stream().noneMatch(p -> known.contains(p) && !isFinished(p)))
            .toList();
    ready.forEach(shard -> begun.add(shard.id()));
    return ready;
  }

  /** All records of the shard are seen to, and it is closed. */
  void finish(String shardId) {
    finished.add(shardId);
  }

  private boolean isFinished(String shardId) {
    return finished.contains(shardId);
  }
}
