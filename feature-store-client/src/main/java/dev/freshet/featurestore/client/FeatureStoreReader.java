package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureService;
import dev.freshet.redis.Redis;
import dev.freshet.redis.RedisReads;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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

  private final RedisReads reads;
  private final Redis redis;
  private final ForgottenEntities forgotten;

  private FeatureStoreReader(RedisReads reads, Redis redis, History history) {
    this.reads = reads;
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
    return connect(url, history, TIMEOUT);
  }

  static FeatureStoreReader connect(String url, History history, Duration timeout) {
    return new FeatureStoreReader(RedisReads.at(url, timeout), Redis.at(url, timeout), history);
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
    boolean[] isText = new boolean[names.size()];
    Arrays.fill(isText, true);
    EntityPlan plan = new EntityPlan(dimension, names, isText);
    List<EntityAnswer> answers =
        values.stream().map(value -> new EntityAnswer(plan, value)).toList();
    ask(answers);
    forgotten.complete(answers);
    return answers.stream().map(EntityAnswer::features).toList();
  }

  /** Reads all fields of one entity by name, such as {@code @version} too; empty if it has none. */
  public Map<String, String> readAll(String dimension, String value) {
    return readEntity(dimension, value).requireAnswered().texts();
  }

  /** Reads all fields of one entity by name, such as {@code @version} too, with their ages. */
  public EntityFeatures readEntity(String dimension, String value) {
    AllFields entity = new AllFields(dimension, value);
    try {
      redis
          .ask(commands -> commands.hgetall(EntityKey.of(dimension, value)))
          .forEach((field, text) -> entity.add(text(field), text(text)));
    } catch (RedisException e) {
      throw failure(e);
    }
    forgotten.complete(List.of(entity));
    return entity.features();
  }

  /**
   * Returns a reader of the features that one model reads.
   *
   * @param clock tells how old values are
   */
  public ServiceReader of(FeatureService service, Clock clock) {
    return new ServiceReader(this, service, clock);
  }

  /** Asks Redis for entities, in one round trip to each server. */
  CompletableFuture<Void> send(Collection<EntityAnswer> entities) {
    return entities.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : reads.send(entities.stream().map(EntityAnswer::request).toList());
  }

  /** Asks Redis for entities, and waits for the answers. */
  void ask(Collection<EntityAnswer> entities) {
    try {
      if (!entities.isEmpty()) {
        reads.ask(entities.stream().map(EntityAnswer::request).toList());
      }
    } catch (RedisException e) {
      throw failure(e);
    }
  }

  FeatureStoreException failure(Throwable cause) {
    return new FeatureStoreException("feature store " + reads + ": " + cause.getMessage(), cause);
  }

  ForgottenEntities forgotten() {
    return forgotten;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() {
    reads.close();
    redis.close();
  }
}
