package dev.freshet.featurestore.client;

import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A feature service of tables and waiters for tests, and results of them. */
final class Seating {

  static final long COMPUTED_AT = 1_000_000;

  /** unserved of a table, 0 if absent; mean and dish of it; tips of a waiter. */
  static final FeatureService SERVICE =
      new FeatureService(
          "seating",
          "",
          List.of(
              new ServedFeature("table", "visits", "unserved", false, 0, null),
              new ServedFeature("waiter", "tips", "mean", false, Double.NaN, null),
              new ServedFeature("table", "rating", "mean", false, Double.NaN, null),
              new ServedFeature("table", "rating", "dish", true, Double.NaN, "none")),
          Optional.of(Duration.ofMinutes(5)));

  private static final AtomicInteger IDS = new AtomicInteger();

  private Seating() {}

  /** An id that no other test uses. */
  static String freshId() {
    return "id-" + IDS.incrementAndGet();
  }

  /** Opens a reader that waits long, as the machine may be busy; close it. */
  static FeatureStoreReader reader(String url, History history) {
    return FeatureStoreReader.connect(url, history, Duration.ofSeconds(30));
  }

  static Map<String, String> row(String table, String waiter) {
    return Map.of("table", table, "waiter", waiter);
  }

  static void write(Redis redis, FeatureResult... results) {
    new FeatureStoreWriter(redis, Duration.ofDays(1), Metrics.NONE).write(List.of(results));
  }

  static FeatureResult visits(String table, int unserved, OptionalLong validUntil) {
    return result("visits", "table", table, validUntil, new FeatureValue("unserved", unserved));
  }

  static FeatureResult rating(String table, FeatureValue... values) {
    return result("rating", "table", table, OptionalLong.empty(), values);
  }

  static FeatureValue dish(String name) {
    return new FeatureValue("dish", Double.NaN, name);
  }

  static FeatureResult tips(String waiter, double mean) {
    return result("tips", "waiter", waiter, OptionalLong.empty(), new FeatureValue("mean", mean));
  }

  /** Returns a service of many features of one group of a table. */
  static FeatureService wide(int features) {
    return new FeatureService(
        "wide",
        "",
        IntStream.range(0, features)
            .mapToObj(i -> new ServedFeature("table", "many", "f" + i, false, Double.NaN, null))
            .toList(),
        Optional.empty());
  }

  /** Returns a result whose features are their own indexes. */
  static FeatureResult wideResult(String table, int features) {
    return result(
        "many",
        "table",
        table,
        OptionalLong.empty(),
        IntStream.range(0, features)
            .mapToObj(i -> new FeatureValue("f" + i, i))
            .toArray(FeatureValue[]::new));
  }

  private static FeatureResult result(
      String group, String dimension, String id, OptionalLong validUntil, FeatureValue... values) {
    return new FeatureResult(
        group, dimension, id, 1, COMPUTED_AT, 999, validUntil, Trigger.EVENT, List.of(values));
  }
}
