package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;

/** The keys of the lists of entities. */
final class Lists {

  private Lists() {}

  static byte[] of(FeatureGroup group, String entity) {
    StateKeys keys = new StateKeys(group.name());
    return keys.list(keys.partition(entity), entity);
  }
}
