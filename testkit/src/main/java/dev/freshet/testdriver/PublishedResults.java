package dev.freshet.testdriver;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultRecords;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects result records, and reads them as the feature store subscriber does. */
final class PublishedResults implements RecordSink {

  private final List<FeatureResult> all = new ArrayList<>();
  private final Map<String, FeatureResult> newest = new HashMap<>();

  @Override
  public BitSet put(List<OutgoingRecord> records) {
    for (OutgoingRecord record : records) {
      for (FeatureResult result : read(record)) {
        all.add(result);
        newest.put(result.key(), result);
      }
    }
    return new BitSet();
  }

  List<FeatureResult> all() {
    return List.copyOf(all);
  }

  Optional<FeatureResult> newest(String entity) {
    return Optional.ofNullable(newest.get(entity));
  }

  private static List<FeatureResult> read(OutgoingRecord record) {
    try {
      return ResultRecords.read(record.data());
    } catch (IOException e) {
      throw new UncheckedIOException("a result cannot be read back", e);
    }
  }
}
