package dev.freshet.replay;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.FeatureComputer;
import dev.freshet.event.Event;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Totals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One feature group of one entity, as time passes. */
final class GroupReplay {

  /** No instant: before all others. */
  static final long NEVER = Long.MIN_VALUE;

  private final FeatureGroup group;
  private final FeatureComputer computer;
  private final String entity;
  private final long timeToLiveMillis;
  private InMemoryStateStore store;
  private KeyState state;
  private Event newest;
  private boolean stored;

  GroupReplay(FeatureGroup group, String entity, Duration timeToLive) {
    this.group = group;
    this.computer = new FeatureComputer(group);
    this.entity = entity;
    this.timeToLiveMillis = timeToLive.toMillis();
    this.store = new InMemoryStateStore(group);
  }

  int width() {
    return group.features().size();
  }

  /** Takes an event that is not older than the last one; false if it is that one again. */
  boolean apply(Event event) {
    if (newest != null
        && newest.occurredAtMillis() == event.occurredAtMillis()
        && newest.eventId().equals(event.eventId())) {
      return false;
    }
    if (isForgottenAt(event.occurredAtMillis())) {
      store = new InMemoryStateStore(group);
    }
    newest = event;
    stored = true;
    step(List.of(event), event.occurredAtMillis());
    return true;
  }

  /** Last events are forgotten when none has come for so long; a timeline empties by itself. */
  private boolean isForgottenAt(long atMillis) {
    return state instanceof LastValues last && atMillis > last.newestMillis() + timeToLiveMillis;
  }

  /**
   * Lets time pass, as recalculation does: step by step, a step at each change.
   *
   * @return the instant of the last change, or {@link #NEVER} if there was none
   */
  long passTo(long atMillis) {
    long changed = NEVER;
    while (state instanceof Totals totals && totals.validUntilMillis() <= atMillis) {
      changed = totals.validUntilMillis();
      step(List.of(), changed);
    }
    if (state instanceof Totals totals && totals.asOfMillis() < atMillis) {
      step(List.of(), atMillis);
    }
    return changed;
  }

  private void step(List<Event> events, long atMillis) {
    state = store.apply(List.of(new KeyEvents(entity, events)), atMillis).get(0);
  }

  /** The feature store's hash has expired. */
  void expire() {
    stored = false;
  }

  /** The features as the state has them; NaN where absent, all of them if nothing is stored. */
  void write(double[] into, int start) {
    Arrays.fill(into, start, start + width(), Double.NaN);
    if (stored) {
      int column = start;
      List<Feature> declared = group.features();
      for (FeatureValue each : computer.compute(entity, state, NEVER, Trigger.EVENT).features()) {
        while (!declared.get(column - start).name().equals(each.name())) {
          column++;
        }
        into[column] = each.value();
      }
    }
  }
}
