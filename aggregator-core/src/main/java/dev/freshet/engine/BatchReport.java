package dev.freshet.engine;

import java.util.OptionalInt;

/**
 * The outcome of a batch. {@code received} is the sum of {@code applied}, {@code duplicates},
 * {@code late}, {@code skipped} and {@code invalid} if all of it is done; otherwise those of the
 * events that are unfinished may be counted by outcome too, when a part of the work succeeded.
 *
 * @param records records in the batch
 * @param received events in these records; a record that cannot be unpacked counts as one
 * @param applied events that changed the state
 * @param duplicates events the state already held
 * @param late events older than everything the group can still use
 * @param skipped valid events that do not concern the group
 * @param invalid events that went to the dead letters
 * @param unfinished events in the records that the stream must deliver again
 * @param results results published
 * @param dropped held events or items that went because an entity had too many
 * @param incomplete results that may lack events from before their declaration changed
 * @param nextChanges the earliest instants at which published values change with no new event
 * @param firstUnfinished the index of the first record that is not safely done; the stream must
 *     deliver again from there
 */
public record BatchReport(
    int records,
    int received,
    int applied,
    int duplicates,
    int late,
    int skipped,
    int invalid,
    int unfinished,
    int results,
    int dropped,
    int incomplete,
    NextChanges nextChanges,
    OptionalInt firstUnfinished) {

  /** Returns the number of records, from the first, that are safely done. */
  public int done() {
    return firstUnfinished.orElse(records);
  }
}
