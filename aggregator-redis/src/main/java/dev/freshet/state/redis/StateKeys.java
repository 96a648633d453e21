package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Spells the keys of the state store: {@code log:{<group>/<partition>}:<generation>:<entity>}, and
 * of each partition its clock and its index of due instants.
 *
 * <p>The braces make a partition of a group one slot of a cluster, so that a step can touch all it
 * needs. An id cannot reach another's keys, whatever characters it has: the prefix and the tag
 * stand in front of it, and nothing behind it.
 */
final class StateKeys {

  /** Never change: the partition is part of every key. */
  static final int PARTITIONS = 64;

  private final List<String> tags;

  StateKeys(String group) {
    tags =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> "{" + group + "/" + partition + "}")
            .toList();
  }

  /** The partition that an entity belongs to. */
  int partition(String entity) {
    CRC32 crc = new CRC32();
    crc.update(entity.getBytes(UTF_8));
    return (int) (crc.getValue() % PARTITIONS);
  }

  /** The list of an entity in a generation of its partition's state. */
  byte[] log(int partition, String generation, String entity) {
    return ("log:" + tags.get(partition) + ":" + generation + ":" + entity).getBytes(UTF_8);
  }

  /** The clock of a partition. */
  byte[] clock(int partition) {
    return ("clock:" + tags.get(partition)).getBytes(UTF_8);
  }

  /** The index of due instants of a partition. */
  byte[] index(int partition) {
    return ("due:" + tags.get(partition)).getBytes(UTF_8);
  }

  /** The indexes of due instants of all partitions. */
  List<byte[]> indexes() {
    return IntStream.range(0, PARTITIONS).mapToObj(this::index).toList();
  }
}
