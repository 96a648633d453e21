package dev.freshet.state;

import dev.freshet.event.Event;
import java.util.List;

/**
 * The events of one batch for one key, in any order; empty in a recalculation.
 *
 * @param past the history to install instead of events; null except in a backfill
 */
public record KeyEvents(String key, List<Event> events, Past past) {

  public KeyEvents(String key, List<Event> events) {
    this(key, events, null);
  }

  /** Returns the step that installs the history of an entity. */
  public static KeyEvents ofPast(String key, Past past) {
    return new KeyEvents(key, List.of(), past);
  }
}
