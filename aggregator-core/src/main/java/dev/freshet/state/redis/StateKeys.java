package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Spells the keys of the state store: {@code state:{<group>/<partition>}:<key>:<part>}.
 *
 * <p>The braces make a partition of a group one slot of a cluster, so that a step may touch all it
 * needs. An id cannot reach another's keys, whatever characters it has: the tag stands in front of
 * it, and no part has a colon.
 */
final class StateKeys {

  /** Fixed for ever: another number would look for all state in another place. */
  static final int PARTITIONS = 64;

  private final List<String> tags;

  StateKeys(String group) {
    tags =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> "state:{" + group + "/" + partition + "}:")
            .toList();
  }

  /** The partition that a key belongs to: what is of one partition lies in one slot. */
  int partition(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(UTF_8));
    return (int) (crc.getValue() % PARTITIONS);
  }

  byte[] of(String key, String part) {
    return of(partition(key), key, part);
  }

  /** The same for a key whose partition is known. */
  byte[] of(int partition, String key, String part) {
    return (tags.get(partition) + key + ":" + part).getBytes(UTF_8);
  }

  /** The indexes of due instants of all partitions. */
  List<byte[]> indexes() {
    return IntStream.range(0, PARTITIONS).mapToObj(this::index).toList();
  }

  /** The index of due instants of a partition. */
  byte[] index(int partition) {
    return (tags.get(partition) + "due").getBytes(UTF_8);
  }
}
