package dev.freshet.engine;

import static dev.freshet.ledger.Fate.APPLIED;
import static dev.freshet.ledger.Fate.DONE;
import static dev.freshet.ledger.Fate.DUPLICATE;
import static dev.freshet.ledger.Fate.IN;
import static dev.freshet.ledger.Fate.INVALID;
import static dev.freshet.ledger.Fate.LATE;
import static dev.freshet.ledger.Fate.SKIPPED;
import static dev.freshet.ledger.Fate.UNFINISHED;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.stream.StreamRecord;
import java.util.List;
import java.util.function.Predicate;

/**
 * Enters the outcome of a batch into the ledger. A record that the function was handed counts as
 * one event until it is unpacked.
 *
 * <p>Events of records that the stream must deliver again are unfinished, whatever their group has
 * done with them. If a key has events on both sides, its outcomes are first those of the finished
 * ones.
 */
final class BatchEntry {

  private final LedgerEntry entry;
  private final List<StreamRecord> records;
  private final int firstUnfinished;
  private final List<LedgerLine> shards;

  /** The shard of each record; null if there is only one shard. */
  private final LedgerLine[] shardOf;

  /**
   * @param records that were to be parsed
   * @param firstUnfinished the index of the first record that is not safely done
   */
  BatchEntry(LedgerEntry entry, List<StreamRecord> records, int firstUnfinished) {
    this.entry = entry;
    this.records = records;
    this.firstUnfinished = firstUnfinished;
    this.shards = List.copyOf(entry.shards());
    this.shardOf =
        shards.size() == 1
            ? null
            : records.stream()
                .map(each -> LedgerLine.records(each.stream(), each.shardId()))
                .toArray(LedgerLine[]::new);
  }

  private LedgerLine shard(int record) {
    return shardOf == null ? shards.get(0) : shardOf[record];
  }

  /** Enters which records are done. */
  void addRecords() {
    if (shardOf == null) {
      int done = Math.min(firstUnfinished, records.size());
      entry.add(shards.get(0), DONE, done);
      entry.add(shards.get(0), UNFINISHED, records.size() - done);
      return;
    }
    for (int i = 0; i < records.size(); i++) {
      entry.add(shardOf[i], i < firstUnfinished ? DONE : UNFINISHED, 1);
    }
  }

  /**
   * Enters the events of a group.
   *
   * @param reads whether the group reads a stream
   */
  void addGroup(String group, BatchProgress progress, Predicate<String> reads) {
    for (LedgerLine shard : shards) {
      if (reads.test(shard.stream())) {
        entry.add(shard.of(group), IN, entry.count(shard, IN));
      }
    }
    if (shardOf == null && firstUnfinished == BatchProgress.ALL_DONE) {
      addDone(shards.get(0).of(group), progress, reads);
    } else {
      addEach(group, progress, reads);
    }
    addStep(group, progress);
  }

  private void addDone(LedgerLine line, BatchProgress progress, Predicate<String> reads) {
    Batch batch = progress.batch();
    if (reads.test(line.stream())) {
      entry.add(line, IN, (long) batch.received() - batch.records());
    }
    entry.add(line, APPLIED, progress.applied());
    entry.add(line, DUPLICATE, progress.duplicates());
    entry.add(line, LATE, progress.late());
    entry.add(line, SKIPPED, batch.skipped());
    entry.add(line, INVALID, batch.invalid());
  }

  /** Enters the events one by one, each for the shard of its record. */
  private void addEach(String group, BatchProgress progress, Predicate<String> reads) {
    Batch batch = progress.batch();
    for (int i = 0; i < batch.records(); i++) {
      if (reads.test(shard(i).stream())) {
        entry.add(shard(i).of(group), IN, batch.eventsOf(i) - 1L);
      }
    }
    Tally[] left = progress.tallies().clone();
    batch.forEachEvent(
        (record, keyOrFate) -> {
          Fate fate = record >= firstUnfinished ? UNFINISHED : fate(keyOrFate, left);
          if (fate != null) {
            entry.add(shard(record).of(group), fate, 1);
          }
        });
  }

  /** Returns the fate of a finished event; null if its step did not tell. */
  private static Fate fate(int keyOrFate, Tally[] left) {
    return switch (keyOrFate) {
      case Batch.INVALID -> INVALID;
      case Batch.SKIPPED -> SKIPPED;
      case Batch.LATE -> LATE;
      default -> takeFrom(left, keyOrFate);
    };
  }

  private static Fate takeFrom(Tally[] left, int key) {
    Tally tally = left[key];
    if (tally == null) {
      return null;
    }
    int applied = tally.applied();
    int duplicates = tally.duplicates();
    int late = tally.late();
    if (applied > 0) {
      left[key] = new Tally(applied - 1, duplicates, late, 0);
      return APPLIED;
    }
    if (duplicates > 0) {
      left[key] = new Tally(0, duplicates - 1, late, 0);
      return DUPLICATE;
    }
    left[key] = new Tally(0, 0, late - 1, 0);
    return late > 0 ? LATE : null;
  }

  /** Names the step where events have vanished, should some have. */
  private void addStep(String group, BatchProgress progress) {
    Batch batch = progress.batch();
    int received = batch.received();
    int judged = batch.judged();
    String step =
        batch.records() < entry.shards().stream().mapToLong(each -> entry.count(each, IN)).sum()
            ? "before they were parsed"
            : judged < received ? "while they were parsed" : "in the step of the state";
    shards.forEach(shard -> entry.blame(shard.of(group), step));
  }
}
