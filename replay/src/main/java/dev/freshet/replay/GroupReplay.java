package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import java.time.Duration;
import java.util.List;

/** Replays one feature group of one entity. */
final class GroupReplay {

  /** Stands for no instant; it is before all others. */
  static final long NEVER = Long.MIN_VALUE;

  private final FeatureGroup group;
  private final String entity;
  private final long timeToLiveMillis;
  private InMemoryStateStore store;
  private KeyState state;
  private Event newest;
  private boolean stored;
  private long lastWriteMillis = NEVER;
  private long dropped;

  GroupReplay(FeatureGroup group, String entity, Duration timeToLive) {
    this.group = group;
    this.entity = entity;
    this.timeToLiveMillis = timeToLive.toMillis();
    this.store = new InMemoryStateStore(group);
  }

  int width() {
    return group.features().size();
  }

  /** Applies an event that is not older than the last one; returns false if it repeats that one. */
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
    lastWriteMillis = event.occurredAtMillis();
    step(List.of(event), lastWriteMillis);
    return true;
  }

  /**
   * Returns whether the state has expired. It does not as long as an event is in a window, and that
   * of a group with history outlives Redis.
   */
  private boolean isForgottenAt(long atMillis) {
    if (state == null || group.hasHistory() || atMillis <= lastWriteMillis + timeToLiveMillis) {
      return false;
    }
    passTo(atMillis);
    return state.validUntilMillis() == KeyState.FOREVER
        && atMillis > lastWriteMillis + timeToLiveMillis;
  }

  /**
   * Recalculates at each instant up to this one at which a feature changes.
   *
   * @return the last of these instants, or {@link #NEVER}
   */
  long passTo(long atMillis) {
    long changed = NEVER;
    while (state != null && state.validUntilMillis() <= atMillis) {
      changed = state.validUntilMillis();
      lastWriteMillis = changed;
      step(List.of(), changed);
    }
    if (state != null && group.movesWithTime() && state.asOfMillis() < atMillis) {
      step(List.of(), atMillis);
    }
    return changed;
  }

  private void step(List<Event> events, long atMillis) {
    state = store.apply(List.of(new KeyEvents(entity, events)), atMillis).get(0);
    dropped += state.tally().dropped();
  }

  boolean isStored() {
    return stored;
  }

  /** Notes that the entity's hash has expired; features of history are found elsewhere. */
  void expire() {
    stored &= group.hasHistory();
  }

  /** Returns the features of the state; all are absent if nothing is stored. */
  FeatureValues features() {
    return stored ? state.features() : new FeatureValues(width());
  }

  long dropped() {
    return dropped;
  }
}
