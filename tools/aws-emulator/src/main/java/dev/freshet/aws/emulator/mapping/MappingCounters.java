package dev.freshet.aws.emulator.mapping;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the records of a mapping since its start. */
public final class MappingCounters {

  private final AtomicLong recordsDone = new AtomicLong();
  private final AtomicLong recordsDiscarded = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  void addDone(int records) {
    recordsDone.addAndGet(records);
  }

  void addFailure() {
    failures.incrementAndGet();
  }

  void addDiscarded(int records) {
    recordsDiscarded.addAndGet(records);
  }

  /** Returns how many records the function has processed, each counted once. */
  public long recordsDone() {
    return recordsDone.get();
  }

  /** Returns how many records were given up. */
  public long recordsDiscarded() {
    return recordsDiscarded.get();
  }

  /** Returns how many invocations left records unfinished. */
  public long failures() {
    return failures.get();
  }
}
