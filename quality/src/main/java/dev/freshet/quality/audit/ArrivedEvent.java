package dev.freshet.quality.audit;

import dev.freshet.event.Event;

/**
 * An event of a feature group.
 *
 * @param shard its shard, with the stream; the events of a shard are processed in their order
 * @param arrivedMillis when it arrived in its stream; {@link #UNKNOWN} for one of a file
 */
record ArrivedEvent(Event event, String shard, long arrivedMillis) {

  static final long UNKNOWN = Long.MIN_VALUE;

  boolean hasArrival() {
    return arrivedMillis != UNKNOWN;
  }

  /** Returns when it arrived; an event of a file arrives when it occurs, as in a replay. */
  long assumedArrival() {
    return hasArrival() ? arrivedMillis : event.occurredAtMillis();
  }
}
