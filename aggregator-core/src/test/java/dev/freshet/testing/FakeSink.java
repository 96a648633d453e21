package dev.freshet.testing;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultRecords;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what is put, and can refuse records. */
public final class FakeSink implements RecordSink {

  private final List<OutgoingRecord> records = new ArrayList<>();
  private Predicate<OutgoingRecord> refused = record -> false;

  /** Refuses records with these partition keys from now on. */
  public void refuse(String... partitionKeys) {
    List<String> keys = List.of(partitionKeys);
    refused = record -> keys.contains(record.partitionKey());
  }

  /** Refuses records that match the predicate from now on. */
  public void refuseIf(Predicate<OutgoingRecord> refused) {
    this.refused = refused;
  }

  @Override
  public BitSet put(List<OutgoingRecord> put) {
    BitSet missing = new BitSet(put.size());
    for (int i = 0; i < put.size(); i++) {
      if (refused.test(put.get(i))) {
        missing.set(i);
      } else {
        records.add(put.get(i));
      }
    }
    return missing;
  }

  /** Returns the acknowledged records, in order. */
  public List<OutgoingRecord> records() {
    return records;
  }

  /** Returns the records acknowledged since the last call of this method. */
  public List<OutgoingRecord> drain() {
    List<OutgoingRecord> drained = List.copyOf(records);
    records.clear();
    return drained;
  }

  /** Returns the results acknowledged since the last call of this method. */
  public List<FeatureResult> drainResults() {
    List<FeatureResult> results = resultsOf(records);
    records.clear();
    return results;
  }

  /** Returns the acknowledged results, in order. */
  public List<FeatureResult> results() {
    return resultsOf(records);
  }

  private static List<FeatureResult> resultsOf(List<OutgoingRecord> records) {
    List<FeatureResult> results = new ArrayList<>();
    for (OutgoingRecord record : records) {
      try {
        results.addAll(ResultRecords.read(record.data()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return results;
  }

  /** Returns the acknowledged records as text. */
  public List<String> texts() {
    return records.stream()
        .map(record -> new String(record.data(), StandardCharsets.UTF_8))
        .toList();
  }
}
