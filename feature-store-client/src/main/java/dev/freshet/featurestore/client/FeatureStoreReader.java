package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

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
  private final ForgottenEntities forgotten;

  private FeatureStoreReader(Redis redis, History history) {
    this.redis = redis;
    this.forgotten = new ForgottenEntities(history, redis);
  }

  /**
   * Creates a reader, which connects when it is first used.
   *
   * @param url {@code redis://} or {@code rediss://}; several nodes, separated by commas, are a
   *     cluster
   */
  public static FeatureStoreReader connect(String url) {
    return connect(url, History.NONE);
  }

  /**
   * Creates a reader that finds entities that Redis has forgotten in the history store, and writes
   * their features back to Redis.
   */
  public static FeatureStoreReader connect(String url, History history) {
    return new FeatureStoreReader(Redis.at(url, TIMEOUT), history);
  }

  /**
   * Reads features of one entity that are numbers, in one round trip.
   *
   * @param features names such as {@code table_visits:unserved}; at least one
   * @return the values in the order asked for; an absent feature has no entry
   * @throws IllegalArgumentException if a feature is a text
   * @throws FeatureStoreException if Redis does not answer within two seconds, or if the history
   *     store does not answer
   */
  public Map<String, Double> read(String dimension, String value, String... features) {
    return readMany(dimension, List.of(value), features).get(0).requireAnswered().numbers();
  }

  /**
   * Reads features of one entity as texts, numbers in decimal, in one round trip.
   *
   * @param features names such as {@code table_visits:latest_waiter}; at least one
   * @return the values in the order asked for; an absent feature has no entry
   * @throws FeatureStoreException if Redis does not answer within two seconds, or if the history
   *     store does not answer
   */
  public Map<String, String> readTexts(String dimension, String value, String... features) {
    return readMany(dimension, List.of(value), features).get(0).requireAnswered().texts();
  }

  /**
   * Reads features of several entities, with their ages, in one round trip to Redis; what Redis has
   * forgotten, in one to the history store for each hundred entities and group.
   *
   * @param values the ids of the entities
   * @param features names such as {@code table_visits:unserved}; at least one
   * @return for each entity, in the order asked for, what is known; {@link
   *     EntityFeatures#unanswered} says if the history store did not answer
   * @throws FeatureStoreException if Redis does not answer within two seconds
   */
  public List<EntityFeatures> readMany(String dimension, List<String> values, String... features) {
    List<String> names = List.of(features);
    List<String> groups = names.stream().map(EntityKey::group).distinct().toList();
    byte[][] fields =
        Stream.concat(names.stream(), groups.stream().flatMap(Age::fields))
            .map(field -> field.getBytes(UTF_8))
            .toArray(byte[][]::new);
    List<Row> rows = values.stream().map(value -> new Row(dimension, value)).toList();
    List<List<KeyValue<byte[], byte[]>>> found =
        answers(commands -> rows.stream().map(row -> commands.hmget(row.key(), fields)).toList());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      found
          .get(i)
          .forEach(field -> field.ifHasValue(text -> row.add(text(field.getKey()), text(text))));
    }
    forgotten.complete(
        rows, forgotten.groups(dimension).stream().filter(groups::contains).toList());
    return rows.stream().map(row -> row.only(names)).toList();
  }

  /** Reads all fields of one entity by name, such as {@code @version} too; empty if it has none. */
  public Map<String, String> readAll(String dimension, String value) {
    return readEntity(dimension, value).requireAnswered().texts();
  }

  /** Reads all fields of one entity by name, such as {@code @version} too, with their ages. */
  public EntityFeatures readEntity(String dimension, String value) {
    Row row = new Row(dimension, value);
    answers(commands -> List.of(commands.hgetall(row.key())))
        .get(0)
        .forEach((field, text) -> row.add(text(field), text(text)));
    forgotten.complete(List.of(row), forgotten.groups(dimension));
    return row.all();
  }

  private <T> List<T> answers(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, List<RedisFuture<T>>> questions) {
    try {
      List<RedisFuture<T>> answers = redis.pipeline(questions);
      if (!redis.awaitAll(answers)) {
        answers.forEach(answer -> answer.cancel(true));
        throw new FeatureStoreException("feature store " + redis + " did not answer in time", null);
      }
      return answers.stream().map(Redis::value).toList();
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
