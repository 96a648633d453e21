package dev.freshet.replay.explain;

import dev.freshet.event.Event;
import dev.freshet.state.EventOrder;
import java.util.Comparator;

/**
 * An event and its arrival.
 *
 * @param arrivedMillis the arrival in its stream; {@link #UNKNOWN} for an event from a file
 */
record Sighting(Event event, long arrivedMillis) {

  static final long UNKNOWN = Long.MIN_VALUE;

  static final Comparator<Sighting> OLDEST_FIRST =
      Comparator.comparing(Sighting::event, EventOrder.OLDEST_FIRST)
          .thenComparingLong(Sighting::arrivedMillis);

  /** Orders the newest event first; of one event, the sighting that arrived first. */
  static final Comparator<Sighting> NEWEST_FIRST =
      Comparator.comparing(Sighting::event, EventOrder.OLDEST_FIRST.reversed())
          .thenComparingLong(Sighting::arrivedMillis);
}
