package dev.freshet.engine;

import dev.freshet.fold.Coverage;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.util.BitSet;
import java.util.OptionalInt;

/** Counts the outcomes of one batch in one group, and tracks how far it is safely done. */
final class BatchProgress {

  /** The index that stands for a batch that is all done. */
  static final int ALL_DONE = Integer.MAX_VALUE;

  private final Batch batch;
  private final Tally[] tallies;
  private int applied;
  private int duplicates;
  private int late;
  private int dropped;
  private int incomplete;
  private int results;
  private final NextChanges nextChanges = new NextChanges();
  private int firstUnfinished = ALL_DONE;

  BatchProgress(Batch batch) {
    this.batch = batch;
    this.tallies = new Tally[batch.changes().size()];
    this.late = batch.late();
  }

  /** Notes the step of the key with an index. */
  void stored(int index, KeyState state) {
    Tally tally = state.tally();
    tallies[index] = tally;
    applied += tally.applied();
    duplicates += tally.duplicates();
    late += tally.late();
    dropped += tally.dropped();
    incomplete += state.completeFromMillis() == Coverage.ALWAYS ? 0 : 1;
    nextChanges.add(batch.changes().get(index).key(), state.validUntilMillis());
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

  private void unfinished(int index) {
    firstUnfinished = Math.min(firstUnfinished, index);
  }

  /** The index of the first record that is not safely done in this group, or {@link #ALL_DONE}. */
  int firstUnfinished() {
    return firstUnfinished;
  }

  Batch batch() {
    return batch;
  }

  /** The outcomes of the events of each key; null for one whose step failed. */
  Tally[] tallies() {
    return tallies;
  }

  int applied() {
    return applied;
  }

  int duplicates() {
    return duplicates;
  }

  /** The late events, by their group or by its state. */
  int late() {
    return late;
  }

  /** Returns the earliest instants at which a recalculation has work to do. */
  NextChanges nextChanges() {
    return nextChanges;
  }

  /**
   * Returns the outcome of the batch.
   *
   * @param records the number of its records
   * @param first the index of the first record that is not safely done in any group of the
   *     function, or {@link #ALL_DONE}
   */
  BatchReport report(int records, int first) {
    return new BatchReport(
        records,
        batch.received(),
        applied,
        duplicates,
        late,
        batch.skipped(),
        batch.invalid(),
        first == ALL_DONE ? 0 : batch.eventsFrom(first),
        results,
        dropped,
        incomplete,
        first == ALL_DONE ? OptionalInt.empty() : OptionalInt.of(first));
  }
}
