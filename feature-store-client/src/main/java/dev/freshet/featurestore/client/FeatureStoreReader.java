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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads features as serving code does.
 *
 * <pre>{@code
 * try (FeatureStoreReader store = FeatureStoreReader.connect("redis://127.0.0.1:6391")) {
 *   Map<String, Double> features =
 *       store.read("table", "45", "table_visits:unserved", "table_rating_time:mean");
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads; keep one for the life of a process.
 */
public final class FeatureStoreReader implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Redis redis;

  private FeatureStoreReader(Redis redis) {
    this.redis = redis;
  }

  /**
   * A reader that connects when it is first used.
   *
   * @param url {@code redis://} or {@code rediss://}; several nodes, separated by commas, are a
   *     cluster
   */
  public static FeatureStoreReader connect(String url) {
    return new FeatureStoreReader(Redis.at(url, TIMEOUT));
  }

  /**
   * Features of one entity, in one round trip.
   *
   * @param features names such as {@code table_visits:unserved}; at least one
   * @return the values in the order asked for; an absent feature has no entry
   * @throws FeatureStoreException if the store does not answer within two seconds
   */
  public Map<String, Double> read(String dimension, String value, String... features) {
    byte[][] fields =
        Arrays.stream(features).map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    Map<String, Double> values = new LinkedHashMap<>();
    for (KeyValue<byte[], byte[]> field : fields(dimension, value, fields)) {
      field.ifHasValue(text -> values.put(text(field.getKey()), Double.valueOf(text(text))));
    }
    return values;
  }

  /** Every field of one entity, bookkeeping included, by name; empty if nothing is known of it. */
  public Map<String, String> readAll(String dimension, String value) {
    Map<String, String> all = new TreeMap<>();
    answer(commands -> commands.hgetall(EntityKey.of(dimension, value)))
        .forEach((field, text) -> all.put(text(field), text(text)));
    return all;
  }

  private List<KeyValue<byte[], byte[]>> fields(String dimension, String value, byte[][] fields) {
    return answer(commands -> commands.hmget(EntityKey.of(dimension, value), fields));
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
