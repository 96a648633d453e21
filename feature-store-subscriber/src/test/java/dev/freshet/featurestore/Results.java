package dev.freshet.featurestore;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultJson;
import dev.freshet.result.Trigger;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** Results of places for tests. */
final class Results {

  private static final AtomicInteger KEYS = new AtomicInteger();

  private Results() {}

  /** A key that no other test uses. */
  static String freshKey() {
    return "place-" + KEYS.incrementAndGet();
  }

  /** A result with features given as name, value, name, value, … */
  static FeatureResult of(String group, String key, long version, Object... features) {
    List<FeatureValue> values = new ArrayList<>();
    for (int i = 0; i < features.length; i += 2) {
      String name = (String) features[i];
      values.add(
          features[i + 1] instanceof Number number
              ? new FeatureValue(name, number.doubleValue())
              : new FeatureValue(name, Double.NaN, (String) features[i + 1]));
    }
    return new FeatureResult(
        group,
        "place",
        key,
        version,
        1_000,
        999,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Trigger.EVENT,
        values,
        null,
        false);
  }

  /** The same result, which names the features that have no value. */
  static FeatureResult withAbsent(FeatureResult result, String... names) {
    return with(result, result.validUntil(), result.completeSince(), List.of(names));
  }

  static FeatureResult withValidUntil(FeatureResult result, OptionalLong until) {
    return with(result, until, result.completeSince(), result.absent());
  }

  static FeatureResult withCompleteSince(FeatureResult result, OptionalLong since) {
    return with(result, result.validUntil(), since, result.absent());
  }

  private static FeatureResult with(
      FeatureResult result, OptionalLong until, OptionalLong since, List<String> absent) {
    return new FeatureResult(
        result.featureGroup(),
        result.dimension(),
        result.key(),
        result.version(),
        result.computedAt(),
        result.eventTime(),
        until,
        since,
        result.trigger(),
        result.features(),
        absent,
        false);
  }

  static StreamRecord record(FeatureResult result) {
    return record(ResultJson.write(result));
  }

  static StreamRecord record(byte[] data) {
    return new StreamRecord(
        "feature-results", "shardId-1", "49", "place:45", ByteBuffer.wrap(data).asReadOnlyBuffer());
  }
}
