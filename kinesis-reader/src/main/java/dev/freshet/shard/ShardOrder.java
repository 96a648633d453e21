package dev.freshet.shard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order in which shards are read. A shard begins when all its parents are finished, because it
 * continues their partition keys. A parent that the stream no longer lists counts as finished.
 */
public final class ShardOrder {

  private final Set<String> begun = new HashSet<>();
  private final Set<String> finished = new HashSet<>();

  /** Returns the shards that can begin now; each is returned once. */
  public List<StreamShard> begin(List<StreamShard> all) {
    Set<String> known = all.stream().map(StreamShard::id).collect(Collectors.toSet());
    List<StreamShard> ready =
        all.stream()
            .filter(shard -> !begun.contains(shard.id()))
            .filter(
                shard ->
                    shard.parents().stream()
                        .noneMatch(p -> known.contains(p) && !finished.contains(p)))
            .toList();
    ready.forEach(shard -> begun.add(shard.id()));
    return ready;
  }

  /** Marks a shard as closed, with all its records processed. */
  public void finish(String shardId) {
    finished.add(shardId);
  }

  /** Sorts shards so that parents come before their children. */
  static List<StreamShard> parentsFirst(List<StreamShard> shards) {
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
