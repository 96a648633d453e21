package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads features for serving code.
 *
 * <pre>{@code
 * try (FeatureStoreReader store = FeatureStoreReader.connect("redis://127.0.0.1:6391")) {
 *   Map<String, Double> features =
 *       store.read("table", "45", "table_visits:unserved", "table_rating_time:mean");
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads; create one for a process.
 */
public final class FeatureStoreReader implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Redis redis;

  private FeatureStoreReader(Redis redis) {
    this.redis = redis;
  }

  /**
   * Creates a reader, which connects when it is first used.
   *
   * @param url {@code redis://} or {@code rediss://}; several nodes, separated by commas, are a
   *     cluster
   */
  public static FeatureStoreReader connect(String url) {
    return new FeatureStoreReader(Redis.at(url, TIMEOUT));
  }

  /**
   * Reads features of one entity that are numbers, in one round trip.
   *
   * @param features names such as {@code table_visits:unserved}; at least one
   * @return the values in the order asked for; an absent feature has no entry
   * @throws IllegalArgumentException if a feature is a text
   * @throws FeatureStoreException if the store does not answer within two seconds
   */
  public Map<String, Double> read(String dimension, String value, String... features) {
    Map<String, Double> values = new LinkedHashMap<>();
    readTexts(dimension, value, features)
        .forEach((name, text) -> values.put(name, number(name, text)));
    return values;
  }

  private static Double number(String name, String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is a text, '%s': read it with readTexts()".formatted(name, text), e);
    }
  }

  /**
   * Reads features of one entity as texts, numbers in decimal, in one round trip.
   *
   * @param features names such as {@code table_visits:latest_waiter}; at least one
   * @return the values in the order asked for; an absent feature has no entry
   * @throws FeatureStoreException if the store does not answer within two seconds
   */
  public Map<String, String> readTexts(String dimension, String value, String... features) {
    byte[][] fields =
        Arrays.stream(features).map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    Map<String, String> values = new LinkedHashMap<>();
    for (KeyValue<byte[], byte[]> field :
        answer(commands -> commands.hmget(EntityKey.of(dimension, value), fields))) {
      field.ifHasValue(text -> values.put(text(field.getKey()), text(text)));
    }
    return values;
  }

  /** Reads all fields of one entity by name, such as {@code @version} too; empty if it has none. */
  public Map<String, String> readAll(String dimension, String value) {
    Map<String, String> all = new TreeMap<>();
    answer(commands -> commands.hgetall(EntityKey.of(dimension, value)))
        .forEach((field, text) -> all.put(text(field), text(text)));
    return all;
  }

  private <T> T answer(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> question) {
    try {
      return redis.ask(question);
    } catch (RedisException e) {
      throw new FeatureStoreException("feature store " + redis + ": " + e.getMessage(), e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() {
    redis.close();
  }
}
