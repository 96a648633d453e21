package dev.freshet.operations.backfill;

import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts records of results into their stream. Every record is acknowledged, or it throws.
 *
 * @param putter closed by its owner
 */
public record PutterSink(EventPutter putter) implements RecordSink {

  private static final String STREAM = "feature-results";

  @Override
  public BitSet put(List<OutgoingRecord> records) {
    putter.putAll(records.stream().map(PutterSink::outgoing).toList());
    return new BitSet();
  }

  private static OutgoingEvent outgoing(OutgoingRecord record) {
    return new OutgoingEvent(STREAM, record.partitionKey(), record.data(), Optional.empty());
  }
}
