package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.result.FeatureResult;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results to the feature store. Replaces all fields of a group at once, and never by an
 * older result.
 *
 * <p>Calls a script for each result; all calls of a batch are one round trip.
 */
public final class FeatureStoreWriter {

  private final Redis redis;
  private final Script script = Script.beside(FeatureStoreWriter.class, "replace_group.lua");
  private final long timeToLiveMillis;
  private final Metrics metrics;

  /**
   * @param timeToLive how long the features of an entity outlive their last write
   */
  public FeatureStoreWriter(Redis redis, Duration timeToLive, Metrics metrics) {
    this.metrics = metrics;
    this.redis = redis;
    this.timeToLiveMillis = timeToLive.toMillis();
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
      List<RedisFuture<List<Object>>> calls = send(results);
      if (calls.stream().anyMatch(Script::isUnknown)) {
        metrics.count(Metric.REDIS_RETRIES, 1);
        Script.load(redis, script);
        calls = send(results);
      }
      int written =
          calls.stream().mapToInt(call -> ((Long) Redis.value(call).get(0)).intValue()).sum();
      redis.awaitReplicas(results.stream().map(each -> EntityKey.of(each.dimension(), each.key())));
      return written;
    } catch (RedisException e) {
      throw new FeatureStoreException("feature store " + redis + ": " + e.getMessage(), e);
    }
  }

  private List<RedisFuture<List<Object>>> send(List<FeatureResult> results) {
    List<RedisFuture<List<Object>>> calls =
        redis.pipeline(commands -> results.stream().map(result -> call(commands, result)).toList());
    if (!redis.awaitAll(calls)) {
      calls.forEach(call -> call.cancel(true));
      throw new FeatureStoreException("feature store " + redis + " did not answer in time", null);
    }
    return calls;
  }

  private RedisFuture<List<Object>> call(
      RedisClusterAsyncCommands<byte[], byte[]> commands, FeatureResult result) {
    byte[][] key = {EntityKey.of(result.dimension(), result.key())};
    return script.call(commands, key, arguments(result));
  }

  private byte[][] arguments(FeatureResult result) {
    String prefix = EntityKey.prefix(result.featureGroup());
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(prefix.getBytes(UTF_8));
    arguments.add(Long.toString(result.version()).getBytes(UTF_8));
    arguments.add(Long.toString(timeToLiveMillis).getBytes(UTF_8));
    ResultFields.of(
        result,
        (name, text) -> {
          arguments.add((prefix + name).getBytes(UTF_8));
          arguments.add(text.getBytes(UTF_8));
        });
    return arguments.toArray(byte[][]::new);
  }
}
