package dev.freshet.featurestore.client;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.result.FeatureResult;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results to the feature store. Replaces all fields of a group at once, and never by an
 * older result.
 *
 * <p>One call of a script stores many results; in a cluster, where each entity may be on another
 * node, one. All calls of a batch are one round trip.
 */
public final class FeatureStoreWriter {

  /** Limits how long one call blocks the server. */
  private static final int MOST_RESULTS = 32;

  private static final Duration LONGEST_LEEWAY = Duration.ofHours(1);

  private final Redis redis;
  private final Script script = Script.beside(FeatureStoreWriter.class, "store_results.lua");
  private final ResultArguments arguments;
  private final Metrics metrics;

  /**
   * @param timeToLive how long the features of an entity outlive their last write
   */
  public FeatureStoreWriter(Redis redis, Duration timeToLive, Metrics metrics) {
    this.metrics = metrics;
    this.redis = redis;
    long millis = timeToLive.toMillis();
    this.arguments = new ResultArguments(millis, Math.min(millis / 4, LONGEST_LEEWAY.toMillis()));
  }

  /**
   * Writes results.
   *
   * @return how many were written; the others were stale
   * @throws FeatureStoreException if one may not have been written; all can be written again
   */
  public int write(List<FeatureResult> results) {
    if (results.isEmpty()) {
      return 0;
    }
    try {
      List<RedisFuture<byte[]>> calls = send(results);
      if (calls.stream().anyMatch(Script::isUnknown)) {
        metrics.count(Metric.REDIS_RETRIES, 1);
        Script.load(redis, script);
        calls = send(results);
      }
      int written = 0;
      for (RedisFuture<byte[]> call : calls) {
        for (byte isStored : Redis.value(call)) {
          written += isStored;
        }
      }
      redis.awaitReplicas(results.stream().map(FeatureStoreWriter::key));
      return written;
    } catch (RedisException e) {
      throw new FeatureStoreException("feature store " + redis + ": " + e.getMessage(), e);
    }
  }

  private List<RedisFuture<byte[]>> send(List<FeatureResult> results) {
    int most = redis.isCluster() ? 1 : MOST_RESULTS;
    List<RedisFuture<byte[]>> calls =
        redis.pipeline(
            commands -> {
              List<RedisFuture<byte[]>> sent = new ArrayList<>();
              for (int from = 0; from < results.size(); from += most) {
                List<FeatureResult> some =
                    results.subList(from, Math.min(results.size(), from + most));
                byte[][] keys = some.stream().map(FeatureStoreWriter::key).toArray(byte[][]::new);
                sent.add(script.callForBytes(commands, keys, arguments.of(some)));
              }
              return sent;
            });
    if (!redis.awaitAll(calls)) {
      calls.forEach(call -> call.cancel(true));
      throw new FeatureStoreException("feature store " + redis + " did not answer in time", null);
    }
    return calls;
  }

  private static byte[] key(FeatureResult result) {
    return EntityKey.of(result.dimension(), result.key());
  }
}
