package dev.freshet.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reads the watched features of entities, in pipelines. */
final class StoredFeatures {

  private static final int PAGE = 100;
  private static final String WRONG_TYPE = "WRONGTYPE";

  private final Redis store;
  private final long nowMillis;
  private final Map<WatchedFeature, Observations> observed = new LinkedHashMap<>();

  /**
   * @param nowMillis when the values are read: ages end then
   */
  StoredFeatures(Redis store, List<WatchedFeature> features, Random random, long nowMillis) {
    this.store = store;
    this.nowMillis = nowMillis;
    features.forEach(each -> observed.put(each, new Observations(each.kind(), random)));
  }

  /** Reads entities; returns the values of each feature. */
  Map<WatchedFeature, Observations> read(DrawnSample entities) {
    entities
        .keys()
        .forEach(
            (dimension, keys) -> {
              List<WatchedFeature> features =
                  observed.keySet().stream()
                      .filter(each -> each.dimension().equals(dimension))
                      .toList();
              for (int from = 0; from < keys.size(); from += PAGE) {
                read(features, keys.subList(from, Math.min(keys.size(), from + PAGE)));
              }
            });
    return observed;
  }

  /** A hash that has expired since, and a key that is no hash, are no entities. */
  private void read(List<WatchedFeature> features, List<byte[]> keys) {
    byte[][] fields =
        features.stream().map(each -> each.field().getBytes(UTF_8)).toArray(byte[][]::new);
    List<RedisFuture<Long>> lengths = new ArrayList<>();
    List<RedisFuture<List<KeyValue<byte[], byte[]>>>> values = new ArrayList<>();
    store.pipeline(
        commands -> {
          keys.forEach(key -> lengths.add(commands.hlen(key)));
          keys.forEach(key -> values.add(commands.hmget(key, fields)));
          return values;
        });
    List<Long> found = await(store, lengths);
    List<List<KeyValue<byte[], byte[]>>> answers = await(store, values);
    for (int i = 0; i < keys.size(); i++) {
      if (found.get(i) != null && found.get(i) > 0 && answers.get(i) != null) {
        add(features, answers.get(i));
      }
    }
  }

  private void add(List<WatchedFeature> features, List<KeyValue<byte[], byte[]>> values) {
    for (int i = 0; i < features.size(); i++) {
      byte[] value = values.get(i).getValueOrElse(null);
      String text = value == null ? null : new String(value, UTF_8);
      observed.get(features.get(i)).addField(text, nowMillis);
    }
  }

  /** Returns the answers; null for that of a key of another type. */
  static <T> List<T> await(Redis store, List<RedisFuture<T>> answers) {
    if (!store.awaitAll(answers)) {
      answers.forEach(each -> each.cancel(true));
      throw new RedisCommandTimeoutException(store + " did not answer in time");
    }
    List<T> values = new ArrayList<>();
    for (RedisFuture<T> each : answers) {
      values.add(valueOf(each));
    }
    return values;
  }

  private static <T> T valueOf(RedisFuture<T> answer) {
    try {
      return Redis.value(answer);
    } catch (RedisCommandExecutionException e) {
      if (e.getMessage().startsWith(WRONG_TYPE)) {
        return null;
      }
      throw e;
    }
  }
}
