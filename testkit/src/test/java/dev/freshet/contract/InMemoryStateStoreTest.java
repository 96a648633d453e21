package dev.freshet.contract;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;

class InMemoryStateStoreTest extends StateStoreContract {

  @Override
  public StateStore store(FeatureGroup group) {
    return new InMemoryStateStore(group);
  }
}
