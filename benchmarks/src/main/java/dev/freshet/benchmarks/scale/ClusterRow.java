package dev.freshet.benchmarks.scale;

import java.util.List;

/**
 * The work of the stores with all feature groups and some masters each: computed from measured
 * costs of an event and the distribution of keys.
 *
 * @param stateTimes the work of the busiest master of the state store, times the mean
 * @param stateEvents a second until that master uses {@link #HEADROOM} of a core
 * @param featureTimes the same of the feature store
 */
public record ClusterRow(
    int masters, double stateTimes, double stateEvents, double featureTimes, double featureEvents) {

  /** Which part of a core a master may use: above it, answers wait. */
  static final double HEADROOM = 0.6;

  private static final double MICROS = 1e6;

  static ClusterRow of(int masters, SlotWork work, PathCost cost) {
    double state = work.stateShare(masters);
    double features = work.featureShare(masters);
    return new ClusterRow(
        masters,
        state * masters,
        HEADROOM * MICROS / (cost.state() * state),
        features * masters,
        HEADROOM * MICROS / (cost.features() * features));
  }

  static List<ClusterRow> of(SlotWork work, PathCost cost) {
    return List.of(1, 3, 16, 64, 128, 256).stream()
        .map(masters -> of(masters, work, cost))
        .toList();
  }
}
