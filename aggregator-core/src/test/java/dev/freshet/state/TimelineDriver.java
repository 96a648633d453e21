package dev.freshet.state;

import static dev.freshet.testing.TestEvents.change;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.FeatureComputer;
import dev.freshet.event.Event;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.KeyState.Tally;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps one key of a timeline and reads its features by name. */
public final class TimelineDriver {

  private final FeatureGroup group;
  private final StateStore store;
  private KeyState state;

  TimelineDriver(FeatureGroup group, StateStore store) {
    this.group = group;
    this.store = store;
  }

  FeatureGroup group() {
    return group;
  }

  KeyState at(long nowMillis, Event... events) {
    state = store.apply(change("key", events), nowMillis).get(0);
    return state;
  }

  /** All that does not depend on the store. */
  public static String describe(KeyState state) {
    return "as of %d, newest %d, until %d, %s, %s"
        .formatted(
            state.asOfMillis(),
            state.newestMillis(),
            state.validUntilMillis(),
            Arrays.toString(state.features()),
            state.tally());
  }

  Map<String, Double> features() {
    Map<String, Double> features = new LinkedHashMap<>();
    for (FeatureValue each :
        new FeatureComputer(group).compute("key", state, Trigger.EVENT).features()) {
      features.put(each.name(), each.value());
    }
    return features;
  }

  double feature(String name) {
    return features().get(name);
  }

  long validUntil() {
    return state.validUntilMillis();
  }

  long newest() {
    return state.newestMillis();
  }

  long asOf() {
    return state.asOfMillis();
  }

  long version() {
    return state.version();
  }

  Tally tally() {
    return state.tally();
  }
}
