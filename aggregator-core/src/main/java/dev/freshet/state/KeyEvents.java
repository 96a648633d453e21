package dev.freshet.state;

import dev.freshet.event.Event;
import java.util.List;

/**
 * The events of one batch for one key, in any order; empty in a recalculation.
 *
 * @param past the history to install instead of events; null except in a backfill
 * @param arrivedMillis when the first of the events arrived, if that is before the clock of the
 *     step: no event is late that was not late then
 */
public record KeyEvents(String key, List<Event> events, Past past, long arrivedMillis) {

  /** Creates the step of events that arrive now. */
  public KeyEvents(String key, List<Event> events) {
    this(key, events, null, Long.MAX_VALUE);
  }

  /** Returns the step of events that arrived before. */
  public static KeyEvents arrived(String key, List<Event> events, long arrivedMillis) {
    return new KeyEvents(key, events, null, arrivedMillis);
  }

  /** Returns the step that installs the history of an entity. */
  public static KeyEvents ofPast(String key, Past past) {
    return new KeyEvents(key, List.of(), past, Long.MAX_VALUE);
  }
}
