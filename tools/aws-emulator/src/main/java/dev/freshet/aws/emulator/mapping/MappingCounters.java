package dev.freshet.aws.emulator.mapping;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the work of a mapping since its start.
 *
 * @param recordsDone records that the function processed, each counted once
 * @param batches batches gathered, before any splitting
 * @param invocations calls of the function
 * @param retries calls that gave records to the function again
 * @param recordsDiscarded records given up
 */
public record MappingCounters(
    long recordsDone, long batches, long invocations, long retries, long recordsDiscarded) {

  /** The running counts, written by all threads of a mapping. */
  static final class Meters {

    final LongAdder recordsDone = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder invocations = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder recordsDiscarded = new LongAdder();

    MappingCounters read() {
      return new MappingCounters(
          recordsDone.sum(),
          batches.sum(),
          invocations.sum(),
          retries.sum(),
          recordsDiscarded.sum());
    }
  }
}
