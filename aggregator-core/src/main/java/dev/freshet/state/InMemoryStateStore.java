package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.state.KeyState.Tally;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state store on the heap, for replay and tests, and as the reference for the Redis store. */
public final class InMemoryStateStore implements StateStore {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

  private final FeatureGroup group;
  private final Map<String, EntityState> entities = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  public InMemoryStateStore(FeatureGroup group) {
    this.group = group;
  }

  @Override
  public synchronized void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    for (int i = 0; i < changes.size(); i++) {
      KeyEvents change = changes.get(i);
      EntityState entity =
          entities.computeIfAbsent(change.key(), key -> EntityState.empty(group, nowMillis));
      entity.advanceTo(nowMillis);
      if (change.past() != null) {
        change.past().installIn(entity);
      }
      Tally tally = Tally.NONE;
      long judged = Math.min(nowMillis, change.arrivedMillis());
      for (Event event : change.events()) {
        tally = tally.plus(entity.fold(event, group.kindsFor(event, judged, NOTHING_EXPIRES)));
      }
      receiver.receive(
          i, entity.toKeyState(nextVersion(change.key(), nowMillis), tally, KeyState.Place.NONE));
    }
  }

  /**
   * Returns the next version: the clock in microseconds, but always greater than the previous
   * version.
   */
  private long nextVersion(String key, long nowMillis) {
    return versions.merge(
        key, nowMillis * MICROS_PER_MILLI, (last, now) -> Math.max(last + 1, now));
  }
}
