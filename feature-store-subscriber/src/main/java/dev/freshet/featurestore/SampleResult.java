package dev.freshet.featurestore;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultJson;
import dev.freshet.result.Trigger;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** A made-up result, of a dimension that no group can have. */
final class SampleResult {

  private static final String NAME = "_priming";

  private SampleResult() {}

  static StreamRecord at(long nowMillis) {
    FeatureResult result =
        new FeatureResult(
            NAME,
            NAME,
            NAME,
            nowMillis,
            nowMillis,
            nowMillis,
            OptionalLong.of(nowMillis),
            Trigger.EVENT,
            List.of(new FeatureValue("any", 0.5)));
    return new StreamRecord(NAME, NAME, "0", NAME, ByteBuffer.wrap(ResultJson.write(result)));
  }
}
