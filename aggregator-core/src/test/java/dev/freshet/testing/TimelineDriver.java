package dev.freshet.testing;

import static dev.freshet.testing.TestEvents.change;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.FeatureComputer;
import dev.freshet.event.Event;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps one key of a timeline and reads its features by name. */
public final class TimelineDriver {

  private final FeatureGroup group;
  private final StateStore store;
  private KeyState state;

  public TimelineDriver(FeatureGroup group, StateStore store) {
    this.group = group;
    this.store = store;
  }

  public FeatureGroup group() {
    return group;
  }

  public KeyState at(long nowMillis, Event... events) {
    state = store.apply(change("key", events), nowMillis).get(0);
    return state;
  }

  /** Returns the state without the parts that depend on the store. */
  public static String describe(KeyState state) {
    return "as of %d, newest %d, until %d, %s, %s"
        .formatted(
            state.asOfMillis(),
            state.newestMillis(),
            state.validUntilMillis(),
            state.features(),
            state.tally());
  }

  public Map<String, Double> features() {
    Map<String, Double> features = new LinkedHashMap<>();
    for (FeatureValue each :
        new FeatureComputer(group).compute("key", state, Trigger.EVENT).features()) {
      features.put(each.name(), each.value());
    }
    return features;
  }

  public double feature(String name) {
    return features().get(name);
  }

  public long validUntil() {
    return state.validUntilMillis();
  }

  public long newest() {
    return state.newestMillis();
  }

  public long asOf() {
    return state.asOfMillis();
  }

  public long version() {
    return state.version();
  }

  public Tally tally() {
    return state.tally();
  }
}
