package dev.freshet.benchmarks.measure;

import io.lettuce.core.cluster.SlotHash;
import java.util.stream.IntStream;

/**
 * The masters of a Redis Cluster, each with a range of slots of the same size, as in ElastiCache.
 */
public record Masters(int count) {

  private static final int SLOTS = SlotHash.SLOT_COUNT;

  public Masters {
    if (count < 1 || count > SLOTS) {
      throw new IllegalArgumentException("masters must be 1 to " + SLOTS + ": " + count);
    }
  }

  /** Returns the master of a slot. */
  public int of(int slot) {
    return slot * count / SLOTS;
  }

  /** Returns the slots of a master. */
  int[] slots(int master) {
    return IntStream.range(0, SLOTS).filter(slot -> of(slot) == master).toArray();
  }

  /** Returns which part of all work the busiest master has. */
  public double busiestShare(double[] workBySlot) {
    double[] work = new double[count];
    for (int slot = 0; slot < SLOTS; slot++) {
      work[of(slot)] += workBySlot[slot];
    }
    return IntStream.range(0, count).mapToDouble(i -> work[i]).max().orElseThrow()
        / IntStream.range(0, count).mapToDouble(i -> work[i]).sum();
  }
}
