package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import java.time.Duration;
import java.util.List;

/** One feature group of one entity, as time passes. */
final class GroupReplay {

  /** No instant: before all others. */
  static final long NEVER = Long.MIN_VALUE;

  private final FeatureGroup group;
  private final String entity;
  private final long timeToLiveMillis;
  private InMemoryStateStore store;
  private KeyState state;
  private Event newest;
  private boolean stored;

  GroupReplay(FeatureGroup group, String entity, Duration timeToLive) {
    this.group = group;
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
    return state != null
        && !group.movesWithTime()
        && atMillis > state.newestMillis() + timeToLiveMillis;
  }

  /**
   * Lets time pass, as recalculation does: step by step, a step at each change.
   *
   * @return the instant of the last change, or {@link #NEVER} if there was none
   */
  long passTo(long atMillis) {
    long changed = NEVER;
    while (state != null && state.validUntilMillis() <= atMillis) {
      changed = state.validUntilMillis();
      step(List.of(), changed);
    }
    if (state != null && group.movesWithTime() && state.asOfMillis() < atMillis) {
      step(List.of(), atMillis);
    }
    return changed;
  }

  private void step(List<Event> events, long atMillis) {
    state = store.apply(List.of(new KeyEvents(entity, events)), atMillis).get(0);
  }

  boolean isStored() {
    return stored;
  }

  /** The feature store's hash has expired. */
  void expire() {
    stored = false;
  }

  /** The features as the state has them; NaN where absent, all of them if nothing is stored. */
  void write(double[] into, int start) {
    for (int i = 0; i < width(); i++) {
      boolean isPresent = stored && Double.isFinite(state.features()[i]);
      into[start + i] = isPresent ? state.features()[i] : Double.NaN;
    }
  }
}
