package dev.freshet.benchmarks.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.ServedRow;
import dev.freshet.featurestore.client.ServiceReader;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** Stores in a feature store, and both ways to read them. */
final class ServedEntities implements AutoCloseable {

  static final int NUMBER = 1_000;

  private static final int GROUP_SIZE = 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final FeatureStoreReader store;
  private final ServiceReader service;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final byte[][] fields;

  private ServedEntities(String url, List<ServedFeature> features) {
    store = FeatureStoreReader.connect(url);
    service =
        store.of(
            new FeatureService("measured", "", features, Optional.of(Duration.ofMinutes(5))),
            Clock.systemUTC());
    client = RedisClient.create(url);
    connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.setAutoFlushCommands(false);
    fields = features.stream().map(each -> each.field().getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /** Stores entities whose groups have ten features each: counts, and means of full precision. */
  static ServedEntities store(RedisNode redis, int features) {
    List<ServedFeature> served = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      served.add(
          new ServedFeature(
              "store", "store_group_" + i / GROUP_SIZE, "feature_30m_" + i, false, 0, null));
    }
    Random random = new Random(1);
    try (Redis writing = Redis.at(redis.url(), TIMEOUT)) {
      FeatureStoreWriter writer = new FeatureStoreWriter(writing, Duration.ofDays(1), Metrics.NONE);
      for (int i = 0; i < NUMBER; i++) {
        writer.write(results(Integer.toString(i), served, random));
      }
    }
    return new ServedEntities(redis.url(), served);
  }

  private static List<FeatureResult> results(
      String id, List<ServedFeature> features, Random random) {
    return IntStream.range(0, features.size() / GROUP_SIZE)
        .mapToObj(
            group ->
                new FeatureResult(
                    "store_group_" + group,
                    "store",
                    id,
                    1,
                    System.currentTimeMillis(),
                    System.currentTimeMillis(),
                    OptionalLong.of(System.currentTimeMillis() + 60_000),
                    Trigger.EVENT,
                    IntStream.range(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)
                        .mapToObj(i -> value(features.get(i).name(), i, random))
                        .toList()))
        .toList();
  }

  private static FeatureValue value(String name, int index, Random random) {
    return new FeatureValue(
        name, index % 2 == 0 ? random.nextInt(200) : 600 + 200 * random.nextGaussian());
  }

  /** Reads with the client for serving code, as numbers that a model takes. */
  void read(int firstEntity, int rows) {
    List<Map<String, String>> asked = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      asked.add(Map.of("store", Integer.toString(firstEntity + i)));
    }
    for (ServedRow row : service.read(asked)) {
      double[] numbers = row.numbers();
      if (numbers[numbers.length - 1] == 0) {
        throw new IllegalStateException("not found: a store from " + firstEntity + " on");
      }
    }
  }

  /** Reads the same features with {@code HMGET} in one pipeline, as bytes. */
  void readAlone(int firstEntity, int rows) {
    List<RedisFuture<List<KeyValue<byte[], byte[]>>>> answers = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      byte[] key = EntityKey.of("store", Integer.toString(firstEntity + i));
      answers.add(connection.async().hmget(key, fields));
    }
    connection.flushCommands();
    if (!LettuceFutures.awaitAll(TIMEOUT, answers.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis did not answer within " + TIMEOUT);
    }
  }

  @Override
  public void close() {
    store.close();
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
