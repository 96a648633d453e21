package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;

/** The lists of entities of groups whose declaration has never changed. */
final class Lists {

  private Lists() {}

  static byte[] of(FeatureGroup group, String entity) {
    StateKeys keys = new StateKeys(group.name());
    return keys.log(keys.partition(entity), group.fingerprint() + "-0", entity);
  }
}
