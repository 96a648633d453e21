package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Gathers records into batches. A batch is ready when it has the batch size, when one more record
 * would exceed Lambda's payload limit, or when the batching window is over. The window begins with
 * the first record that waits after the previous batch is done.
 */
final class BatchBuffer {

  /** Lambda's limit for the event of one invocation. */
  static final long PAYLOAD_LIMIT_BYTES = 6L * 1024 * 1024;

  private final int batchSize;
  private final Duration window;
  private final Deque<EventRecord> waiting = new ArrayDeque<>();
  private Instant windowStart;

  BatchBuffer(int batchSize, Duration window) {
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("batch size must be 1 to 10000: " + batchSize);
    }
    this.batchSize = batchSize;
    this.window = window;
  }

  void add(EventRecord record) {
    waiting.add(record);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Returns the next batch, oldest record first; empty if none is ready. */
  List<EventRecord> next(Instant now) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    if (windowStart == null) {
      windowStart = now;
    }
    List<EventRecord> batch = fitting();
    boolean full = batch.size() == batchSize || batch.size() < waiting.size();
    if (!full && now.isBefore(windowStart.plus(window))) {
      return List.of();
    }
    batch.forEach(record -> waiting.removeFirst());
    windowStart = null;
    return batch;
  }

  private List<EventRecord> fitting() {
    List<EventRecord> batch = new ArrayList<>();
    long bytes = 0;
    for (EventRecord record : waiting) {
      bytes = batch.isEmpty() ? EventWriter.sizeWith(record) : bytes + 1 + record.json().length;
      boolean tooLarge = bytes > PAYLOAD_LIMIT_BYTES && !batch.isEmpty();
      if (tooLarge || batch.size() == batchSize) {
        return batch;
      }
      batch.add(record);
    }
    return batch;
  }
}
