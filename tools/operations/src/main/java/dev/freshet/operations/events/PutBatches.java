package dev.freshet.operations.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Divides the records of one stream into calls of {@code PutRecords}, in their order. */
final class PutBatches {

  /** Most records of one {@code PutRecords} call. */
  private static final int MOST_RECORDS = 500;

  /** Most bytes of one call, keys included: 10 % below the 5 MiB that Kinesis allows. */
  private static final int MOST_BYTES = 9 << 19;

  private PutBatches() {}

  /**
   * Returns the batches. No batch has a partition key twice, because Kinesis may refuse the first
   * of two records and take the second, which changes their order.
   */
  static List<List<OutgoingEvent>> of(List<OutgoingEvent> events) {
    List<List<OutgoingEvent>> batches = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      OutgoingEvent event = events.get(i);
      boolean full = i - from == MOST_RECORDS || bytes + event.sizeBytes() > MOST_BYTES;
      if (i > from && (full || keys.contains(event.partitionKey()))) {
        batches.add(events.subList(from, i));
        keys.clear();
        from = i;
        bytes = 0;
      }
      keys.add(event.partitionKey());
      bytes += event.sizeBytes();
    }
    if (from < events.size()) {
      batches.add(events.subList(from, events.size()));
    }
    return batches;
  }
}
