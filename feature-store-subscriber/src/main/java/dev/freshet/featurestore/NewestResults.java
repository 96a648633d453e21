package dev.freshet.featurestore;

import static dev.freshet.ledger.LedgerLine.ARRIVED;
import static dev.freshet.ledger.LedgerLine.BATCHES;
import static dev.freshet.ledger.LedgerLine.EVERY_GROUP;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.result.FeatureResult;
import dev.freshet.stream.StreamRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a batch: of an entity's group only the newest; and how many there were. */
final class NewestResults {

  private final Map<Target, FeatureResult> newest = new LinkedHashMap<>();
  private final List<Read> records = new ArrayList<>();
  private int superseded;

  /** The fields that a result replaces. */
  private record Target(String dimension, String key, String featureGroup) {
    static Target of(FeatureResult result) {
      return new Target(result.dimension(), result.key(), result.featureGroup());
    }
  }

  /** The lines of a record. */
  private static final class Read {
    private final List<FeatureResult> results = new ArrayList<>();
    private int lines;
    private int invalid;
  }

  /** Begins the next record; returns its index. */
  int beginRecord() {
    records.add(new Read());
    return records.size() - 1;
  }

  private Read last() {
    return records.get(records.size() - 1);
  }

  /** Counts the lines of the record. */
  void addLines(int number) {
    last().lines += number;
  }

  void addInvalid() {
    last().invalid++;
  }

  /** Adds a result of the record. */
  void add(FeatureResult result) {
    newest.merge(Target.of(result), result, this::newer);
    last().results.add(result);
  }

  private FeatureResult newer(FeatureResult left, FeatureResult right) {
    superseded++;
    return left.version() >= right.version() ? left : right;
  }

  List<FeatureResult> newest() {
    return List.copyOf(newest.values());
  }

  /** Enters what is handed to the store. */
  void enterBatch(LedgerEntry entry) {
    entry.add(BATCHES, Fate.IN, records.stream().mapToLong(each -> each.results.size()).sum());
    entry.add(BATCHES, Fate.STALE, superseded);
    entry.add(BATCHES, Fate.HANDED, newest.size());
  }

  /** Enters the records and their results, of which those from an index on come again. */
  void enterRecords(LedgerEntry entry, List<StreamRecord> batch, int firstUnfinished) {
    for (LedgerLine shard : entry.shards()) {
      entry.add(shard.of(EVERY_GROUP), Fate.IN, entry.count(shard, Fate.IN));
    }
    for (int i = 0; i < records.size(); i++) {
      LedgerLine shard = LedgerLine.records(batch.get(i).stream(), batch.get(i).shardId());
      enter(entry, shard, records.get(i), i < firstUnfinished);
    }
  }

  private static void enter(LedgerEntry entry, LedgerLine shard, Read record, boolean isDone) {
    LedgerLine results = shard.of(EVERY_GROUP);
    int valid = record.results.size();
    entry.add(shard, isDone ? Fate.DONE : Fate.UNFINISHED, 1);
    entry.add(results, Fate.IN, record.lines - 1L);
    entry.add(results, isDone ? Fate.DONE : Fate.UNFINISHED, valid);
    entry.add(results, isDone ? Fate.INVALID : Fate.UNFINISHED, record.invalid);
    if (isDone) {
      for (FeatureResult each : record.results) {
        entry.addResult(ARRIVED, each.computedAt(), each.featureGroup(), Fate.DONE);
      }
    }
  }
}
