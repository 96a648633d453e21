package dev.freshet.quality.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** The events that can still be read: of the streams, or of files. */
public interface EventScan {

  /** Receives an event of a record that held it, maybe among others. */
  @FunctionalInterface
  interface Receiver {

    /**
     * Takes the event.
     *
     * @param stream its stream without the prefix of a stage; empty if it says its type
     * @param shard where it was; those of one shard come in their order
     * @param arrivedMillis when its record arrived; {@code Long.MIN_VALUE} if that is not known
     */
    void receive(String stream, String shard, ByteBuffer event, long arrivedMillis);
  }

  /**
   * Reads the events.
   *
   * @param since the first instant of arrival that is read; empty for the oldest record
   * @param end the first instant of arrival that need not be read
   * @return the number of records
   */
  long read(Optional<Instant> since, Instant end, Receiver receiver);

  /** Returns whether new events keep arriving, so that a later read may find more. */
  boolean isLive();

  /**
   * Returns the instant from which on all records were read; empty if that is all there ever were.
   *
   * @param now the present instant, after the last read
   * @param forArchived for state that may be older than the streams
   */
  Optional<Instant> completeFrom(Instant now, boolean forArchived);
}
