package dev.freshet.benchmarks.scale;

import dev.freshet.state.PartitionRange;
import dev.freshet.state.redis.StateKeys;
import java.util.stream.DoubleStream;

/**
 * The work that both stores have with a feature group.
 *
 * @param state of the state store; in any unit
 * @param features of the feature store
 */
record GroupWork(String group, EntityShares entities, double state, double features) {

  /** Returns which part of the group's events each partition has. */
  double[] partitions() {
    StateKeys keys = new StateKeys(group);
    double[] partitions = new double[PartitionRange.PARTITIONS];
    entities.forEach((id, share) -> partitions[keys.partition(id)] += share);
    return partitions;
  }

  /** Returns how many times the mean the busiest partition has. */
  double unevenness() {
    return DoubleStream.of(partitions()).max().orElseThrow() * PartitionRange.PARTITIONS;
  }
}
