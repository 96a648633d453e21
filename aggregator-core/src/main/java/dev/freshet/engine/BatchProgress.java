package dev.freshet.engine;

import dev.freshet.fold.Coverage;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.util.BitSet;
import java.util.OptionalInt;

/** Counts the outcomes of one batch, and tracks how far it is safely done. */
final class BatchProgress {

  private final int records;
  private final Batch batch;
  private int applied;
  private int duplicates;
  private int late;
  private int dropped;
  private int incomplete;
  private int results;
  private final NextChanges nextChanges = new NextChanges();
  private int firstUnfinished = Integer.MAX_VALUE;

  BatchProgress(int records, Batch batch) {
    this.records = records;
    this.batch = batch;
    this.late = batch.late();
  }

  void stored(String entity, KeyState state) {
    Tally tally = state.tally();
    applied += tally.applied();
    duplicates += tally.duplicates();
    late += tally.late();
    dropped += tally.dropped();
    incomplete += state.completeFromMillis() == Coverage.ALWAYS ? 0 : 1;
    nextChanges.add(entity, state.validUntilMillis());
  }

  /** Notes that a recalculation has work to do for an entity at an instant. */
  void dueAt(String entity, long millis) {
    nextChanges.add(entity, millis);
  }

  void published(int computed, BitSet missing) {
    results = computed - missing.cardinality();
    missing.stream().forEach(change -> unfinished(batch.firstIndex(change)));
  }

  /**
   * Marks every key for redelivery; keys are in the order of their first events, so the first is
   * enough.
   */
  void nothingStored() {
    unfinished(batch.firstIndex(0));
  }

  void unfinished(int index) {
    firstUnfinished = Math.min(firstUnfinished, index);
  }

  BatchReport report() {
    boolean done = firstUnfinished == Integer.MAX_VALUE;
    return new BatchReport(
        records,
        batch.received(),
        applied,
        duplicates,
        late,
        batch.skipped(),
        batch.invalid().size(),
        done ? 0 : batch.eventsFrom(firstUnfinished),
        results,
        dropped,
        incomplete,
        nextChanges,
        done ? OptionalInt.empty() : OptionalInt.of(firstUnfinished));
  }
}
