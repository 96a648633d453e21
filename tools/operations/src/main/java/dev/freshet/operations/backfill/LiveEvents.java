package dev.freshet.operations.backfill;

import dev.freshet.event.Event;
import java.time.Instant;
import java.util.Optional;

/** The live events of a group that can still be read. */
@FunctionalInterface
public interface LiveEvents {

  /** Receives an event, and when it arrived in its stream. */
  @FunctionalInterface
  interface Receiver {
    void receive(Event event, long arrivedMillis);
  }

  /**
   * Reads them, shard by shard.
   *
   * @param since the first instant of arrival that is read; empty for the oldest record
   * @param end the first instant of arrival that is not read
   */
  void read(Optional<Instant> since, Instant end, Receiver receiver);
}
