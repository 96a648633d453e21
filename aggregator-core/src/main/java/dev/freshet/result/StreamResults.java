package dev.freshet.result;

import dev.freshet.stream.RecordSink;
import java.util.BitSet;
import java.util.List;

/** Puts results into a stream, packed into records. */
public record StreamResults(RecordSink stream) implements ResultSink {

  @Override
  public BitSet put(List<FeatureResult> results) {
    ResultRecords packed = ResultRecords.of(results);
    return packed.results(stream.put(packed.records()));
  }
}
