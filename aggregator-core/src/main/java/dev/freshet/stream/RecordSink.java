package dev.freshet.stream;

import java.util.BitSet;
import java.util.List;

/** Where results and dead letters go. */
public interface RecordSink {

  /**
   * Puts records, with bounded waiting and retries.
   *
   * @return the indexes of those that were not acknowledged; empty if all were
   */
  BitSet put(List<OutgoingRecord> records);
}
