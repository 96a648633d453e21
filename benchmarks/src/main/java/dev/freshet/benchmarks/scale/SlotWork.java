package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.measure.Masters;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.state.redis.StateKeys;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How the work of both stores falls on the slots of a cluster, by the keys that functions really
 * write. Computed, not measured.
 */
final class SlotWork {

  private final double[] state = new double[SlotHash.SLOT_COUNT];
  private final double[] features = new double[SlotHash.SLOT_COUNT];

  SlotWork(List<GroupWork> groups) {
    groups.forEach(this::addState);
    groups.forEach(this::addFeatures);
  }

  private void addState(GroupWork work) {
    StateKeys keys = new StateKeys(work.group());
    double[] partitions = work.partitions();
    for (int partition = 0; partition < partitions.length; partition++) {
      state[SlotHash.getSlot(keys.clock(partition))] += partitions[partition] * work.state();
    }
  }

  private void addFeatures(GroupWork work) {
    EntityShares entities = work.entities();
    entities.forEach(
        (id, share) ->
            features[SlotHash.getSlot(EntityKey.of(entities.dimension(), id))] +=
                share * work.features());
  }

  /** Returns which part of the state store's work the busiest of some masters has. */
  double stateShare(int masters) {
    return new Masters(masters).busiestShare(state);
  }

  /** Returns which part of the feature store's work the busiest of some masters has. */
  double featureShare(int masters) {
    return new Masters(masters).busiestShare(features);
  }

  /** Returns the part of the state store's work that no number of masters divides. */
  double busiestStateSlot() {
    return DoubleStream.of(state).max().orElseThrow() / DoubleStream.of(state).sum();
  }
}
