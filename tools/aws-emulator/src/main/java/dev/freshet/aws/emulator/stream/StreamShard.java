package dev.freshet.aws.emulator.stream;

import java.util.Set;

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
}
