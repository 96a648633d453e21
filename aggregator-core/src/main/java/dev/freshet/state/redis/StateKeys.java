package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private static final int PARTITIONS = 64;

  private final String group;

  StateKeys(String group) {
    this.group = group;
  }

  byte[] of(String key, String part) {
    String tag = "state:{" + group + "/" + partition(key) + "}:";
    return (tag + key + ":" + part).getBytes(UTF_8);
  }

  private static long partition(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(UTF_8));
    return crc.getValue() % PARTITIONS;
  }
}
