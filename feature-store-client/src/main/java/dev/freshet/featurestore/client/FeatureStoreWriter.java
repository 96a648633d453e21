package dev.freshet.featurestore.client;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.result.FeatureResult;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes results to the feature store. Replaces all fields of a group at once, and never by an
 * older result.
 *
 * <p>A hash lives on as long as the group of it that lives longest. Safe for use by several
 * threads.
 *
 * <p>One call of a script stores many results; in a cluster, where each entity may be on another
 * node, one. All calls of a batch are one round trip.
 */
public final class FeatureStoreWriter {

  /** Limits how long one call blocks the server. */
  private static final int MOST_RESULTS = 64;

  /**
   * The results that the store has answered for.
   *
   * @param stale those that were dropped, as the store had newer ones
   */
  public record Written(int stored, int stale) {}

  private final Redis redis;
  private final ResultFormat format;
  private final Duration timeToLive;
  private final Duration awake;
  private final Metrics metrics;

  /**
   * @param timeToLive how long the features of an entity outlive their last write
   */
  public FeatureStoreWriter(Redis redis, Duration timeToLive, Metrics metrics) {
    this(redis, timeToLive, timeToLive, metrics);
  }

  /**
   * @param timeToLive how long the features of an entity outlive their last write
   * @param awake the same of an entity that has only features which are archived
   */
  public FeatureStoreWriter(Redis redis, Duration timeToLive, Duration awake, Metrics metrics) {
    this(redis, timeToLive, awake, new ResultCalls(), metrics);
  }

  /**
   * Creates a writer in Feast's format. Archived entities live as long as others: Feast's clients
   * find no history.
   */
  public FeatureStoreWriter(Redis redis, Duration timeToLive, FeastFormat format, Metrics metrics) {
    this(redis, timeToLive, timeToLive, format, metrics);
  }

  /**
   * Creates a writer in Feast's format, or without one in Freshet's own.
   *
   * @param timeToLive how long the features of an entity outlive their last write
   * @param awake the same, in Freshet's own format, of an entity that has only features which are
   *     archived
   */
  public static FeatureStoreWriter of(
      Redis redis,
      Duration timeToLive,
      Duration awake,
      Optional<FeastFormat> feast,
      Metrics metrics) {
    return feast
        .map(format -> new FeatureStoreWriter(redis, timeToLive, format, metrics))
        .orElseGet(() -> new FeatureStoreWriter(redis, timeToLive, awake, metrics));
  }

  private FeatureStoreWriter(
      Redis redis, Duration timeToLive, Duration awake, ResultFormat format, Metrics metrics) {
    this.redis = redis;
    this.timeToLive = timeToLive;
    this.awake = awake;
    this.format = format;
    this.metrics = metrics;
  }

  /**
   * Writes results.
   *
   * @throws FeatureStoreException if one may not have been written; all can be written again
   */
  public Written write(List<FeatureResult> results) {
    if (results.isEmpty()) {
      return new Written(0, 0);
    }
    try {
      List<RedisFuture<byte[]>> calls = send(results);
      if (calls.stream().anyMatch(Script::isUnknown)) {
        metrics.count(Metric.REDIS_RETRIES, 1);
        Script.load(redis, format.script());
        calls = send(results);
      }
      int stored = 0;
      int answers = 0;
      for (RedisFuture<byte[]> call : calls) {
        byte[] areStored = Redis.value(call);
        answers += areStored.length;
        for (byte isStored : areStored) {
          stored += isStored;
        }
      }
      redis.awaitReplicas(results.stream().map(format::key));
      return new Written(stored, answers - stored);
    } catch (RedisException e) {
      throw new FeatureStoreException("feature store " + redis + ": " + e.getMessage(), e);
    }
  }

  private List<RedisFuture<byte[]>> send(List<FeatureResult> results) {
    Map<Boolean, List<FeatureResult>> byArchived =
        results.stream().collect(Collectors.partitioningBy(FeatureResult::archived));
    List<RedisFuture<byte[]>> calls =
        redis.pipeline(
            commands ->
                Stream.concat(
                        calls(commands, byArchived.get(false), timeToLive),
                        calls(commands, byArchived.get(true), awake))
                    .toList());
    if (!redis.awaitAll(calls)) {
      calls.forEach(call -> call.cancel(true));
      throw new FeatureStoreException("feature store " + redis + " did not answer in time", null);
    }
    return calls;
  }

  /** Issues calls; within a pipeline, so by one thread at a time. */
  private Stream<RedisFuture<byte[]>> calls(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      List<FeatureResult> results,
      Duration toLive) {
    int most = redis.isCluster() ? 1 : MOST_RESULTS;
    return format.calls(results, toLive, most).stream()
        .map(each -> format.script().callForBytes(commands, each));
  }
}
