package dev.freshet.contract;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;

class InMemoryDueKeysTest extends DueKeysContract {

  @Override
  protected Indexed indexed(FeatureGroup group) {
    InMemoryDueKeys index = new InMemoryDueKeys(group, new InMemoryStateStore(group));
    return new Indexed(index, index);
  }
}
