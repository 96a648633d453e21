package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;

class InMemoryStateStoreTest extends StateStoreContract {

  @Override
  public StateStore store(FeatureGroup group) {
    return new InMemoryStateStore(group);
  }
}
