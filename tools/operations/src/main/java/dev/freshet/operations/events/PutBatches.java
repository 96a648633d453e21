package dev.freshet.operations.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Divides the records of one stream into calls of {@code PutRecords}, in their order. */
final class PutBatches {

  /** Most records of one {@code PutRecords} call. */
  static final int MOST_RECORDS = 500;

  /** Most bytes of one call, keys included: 10 % below the 5 MiB that Kinesis allows. */
  static final int MOST_BYTES = 9 << 19;

  private final List<List<OutgoingEvent>> batches = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private List<OutgoingEvent> open = new ArrayList<>();
  private int openBytes;

  private PutBatches() {}

  /**
   * Returns the batches. No batch has a partition key twice, because Kinesis may refuse the first
   * of two records and take the second, which changes their order.
   */
  static List<List<OutgoingEvent>> of(List<OutgoingEvent> events) {
    PutBatches batches = new PutBatches();
    events.forEach(batches::add);
    batches.cut();
    return batches.batches;
  }

  private void add(OutgoingEvent event) {
    boolean full = open.size() == MOST_RECORDS || openBytes + event.sizeBytes() > MOST_BYTES;
    if (full || keys.contains(event.partitionKey())) {
      cut();
    }
    open.add(event);
    keys.add(event.partitionKey());
    openBytes += event.sizeBytes();
  }

  private void cut() {
    if (!open.isEmpty()) {
      batches.add(open);
    }
    open = new ArrayList<>();
    keys.clear();
    openBytes = 0;
  }
}
