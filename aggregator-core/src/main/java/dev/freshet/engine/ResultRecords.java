package dev.freshet.engine;

import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultJson;
import java.util.List;

/** Results as records of the results stream: those of an entity share a shard. */
final class ResultRecords {

  private ResultRecords() {}

  static List<OutgoingRecord> of(List<FeatureResult> results) {
    return results.stream().map(ResultRecords::of).toList();
  }

  private static OutgoingRecord of(FeatureResult result) {
    return new OutgoingRecord(result.dimension() + ":" + result.key(), ResultJson.write(result));
  }
}
