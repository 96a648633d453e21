package dev.freshet.engine;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The outcome of a batch.
 *
 * @param received records in the batch
 * @param applied events that changed the state
 * @param duplicates events the state already held
 * @param late events older than everything the group can still use
 * @param skipped valid events that do not concern the group
 * @param invalid records that went to the dead letters
 * @param results results published
 * @param nextChange the earliest instant at which a published value changes with no new event
 * @param firstUnfinished the index of the first record that is not safely done; the stream must
 *     deliver again from there
 */
public record BatchReport(
    int received,
    int applied,
    int duplicates,
    int late,
    int skipped,
    int invalid,
    int results,
    OptionalLong nextChange,
    OptionalInt firstUnfinished) {

  /** Returns the number of records, from the first, that are safely done. */
  public int done() {
    return firstUnfinished.orElse(received);
  }
}
