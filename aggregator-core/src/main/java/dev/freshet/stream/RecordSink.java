package dev.freshet.stream;

import java.util.BitSet;
import java.util.List;

/** A destination of results or dead letters. */
public interface RecordSink {

  /**
   * Puts records, with bounded waiting and retries.
   *
   * @return the indexes of records that were not acknowledged; empty if all were
   */
  BitSet put(List<OutgoingRecord> records);
}
