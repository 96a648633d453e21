package dev.freshet.aws.emulator.mapping;

import java.util.concurrent.atomic.LongAdder;

/** Counts behind {@link MappingCounters}; written by every thread of a mapping. */
final class MappingMeters {

  private final LongAdder recordsDone = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder invocations = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder recordsDiscarded = new LongAdder();

  void batch() {
    batches.increment();
  }

  void invocation(boolean retry) {
    invocations.increment();
    if (retry) {
      retries.increment();
    }
  }

  void done(int records) {
    recordsDone.add(records);
  }

  void discarded(int records) {
    recordsDiscarded.add(records);
  }

  MappingCounters read() {
    return new MappingCounters(
        recordsDone.sum(), batches.sum(), invocations.sum(), retries.sum(), recordsDiscarded.sum());
  }
}
