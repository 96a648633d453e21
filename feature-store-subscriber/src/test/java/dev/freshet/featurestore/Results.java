package dev.freshet.featurestore;

import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultJson;
import dev.freshet.result.Trigger;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
    return with(
        result, result.validUntil(), result.completeSince(), List.of(names), result.archived());
  }

  static FeatureResult withValidUntil(FeatureResult result, OptionalLong until) {
    return with(result, until, result.completeSince(), result.absent(), result.archived());
  }

  /** The same result, of an entity with history. */
  static FeatureResult archived(FeatureResult result) {
    return with(result, result.validUntil(), result.completeSince(), result.absent(), true);
  }

  static FeatureResult withCompleteSince(FeatureResult result, OptionalLong since) {
    return with(result, result.validUntil(), since, result.absent(), result.archived());
  }

  static FeatureResult computedAt(FeatureResult result, long millis) {
    return with(result, millis, result.validUntil(), result.completeSince(), null, false);
  }

  private static FeatureResult with(
      FeatureResult result,
      OptionalLong until,
      OptionalLong since,
      List<String> absent,
      boolean archived) {
    return with(result, result.computedAt(), until, since, absent, archived);
  }

  private static FeatureResult with(
      FeatureResult result,
      long computedAt,
      OptionalLong until,
      OptionalLong since,
      List<String> absent,
      boolean archived) {
    return new FeatureResult(
        result.featureGroup(),
        result.dimension(),
        result.key(),
        result.version(),
        computedAt,
        result.eventTime(),
        until,
        since,
        result.trigger(),
        result.features(),
        absent,
        archived);
  }

  /** What writes results into a feature store, except those of the group {@code gone}. */
  static StoredResults stored(Redis redis, Clock clock) {
    return new StoredResults(
        new FeatureStoreWriter(redis, Duration.ofDays(90), Metrics.NONE),
        Set.of("gone"),
        clock,
        Metrics.NONE);
  }

  static StreamRecord record(FeatureResult result) {
    return record(ResultJson.write(result));
  }

  static StreamRecord record(byte[] data) {
    return new StreamRecord(
        "feature-results", "shardId-1", "49", "place:45", ByteBuffer.wrap(data).asReadOnlyBuffer());
  }
}
