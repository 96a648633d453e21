package dev.freshet.engine;

import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The earliest instants at which published values of entities change with no new event, one for
 * each partition.
 */
public final class NextChanges {

  private final long[] byPartition = new long[PartitionRange.PARTITIONS];

  /** Creates an instance without changes. */
  public NextChanges() {
    Arrays.fill(byPartition, KeyState.FOREVER);
  }

  /** Adds the next change of an entity; {@link KeyState#FOREVER} if there is none. */
  public void add(String entity, long millis) {
    if (millis != KeyState.FOREVER) {
      int partition = PartitionRange.partition(entity);
      byPartition[partition] = Math.min(byPartition[partition], millis);
    }
  }

  /** Returns the earliest change in a range of partitions; empty if there is none. */
  public OptionalLong earliest(PartitionRange range) {
    return range
        .partitions()
        .mapToLong(partition -> byPartition[partition])
        .filter(millis -> millis != KeyState.FOREVER)
        .min();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NextChanges that && Arrays.equals(byPartition, that.byPartition);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byPartition);
  }
}
