package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.state.PartitionRange;
import java.util.stream.Stream;

/**
 * Builds the keys of the leases of recalculation: {@code recalculation:<group>} for all partitions
 * of a group, and {@code recalculation:<group>:<index>of<ranges>} for a range of them.
 */
public final class LeaseKeys {

  private LeaseKeys() {}

  /** Returns the key of the lease of a range of partitions. */
  public static byte[] of(String group, PartitionRange range) {
    return ("recalculation:" + group + range.suffix(":")).getBytes(UTF_8);
  }

  /** Returns the keys of all leases that a group can have, whatever its number of ranges. */
  static Stream<byte[]> all(String group) {
    return PartitionRange.every().map(range -> of(group, range));
  }
}
