package dev.freshet.engine;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultJson;
import dev.freshet.stream.OutgoingRecord;
import java.util.ArrayList;
import java.util.List;

/** Converts results to records of the results stream; all results of an entity go to one shard. */
final class ResultRecords {

  private ResultRecords() {}

  static List<OutgoingRecord> of(List<FeatureResult> results) {
    ResultJson json = new ResultJson();
    List<OutgoingRecord> records = new ArrayList<>(results.size());
    for (FeatureResult result : results) {
      records.add(new OutgoingRecord(result.dimension() + ":" + result.key(), json.bytes(result)));
    }
    return records;
  }
}
