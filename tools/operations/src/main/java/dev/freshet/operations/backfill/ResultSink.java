package dev.freshet.operations.backfill;

import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts results into their stream. Every result is acknowledged, or it throws.
 *
 * @param putter closed by its owner
 */
public record ResultSink(EventPutter putter) implements RecordSink {

  private static final String STREAM = "feature-results";

  @Override
  public BitSet put(List<OutgoingRecord> results) {
    putter.putAll(results.stream().map(ResultSink::outgoing).toList());
    return new BitSet();
  }

  /** Returns a result as what the putter takes. */
  public static OutgoingEvent outgoing(OutgoingRecord result) {
    return new OutgoingEvent(STREAM, result.partitionKey(), result.data(), Optional.empty());
  }
}
