package dev.freshet.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribers that write the same entities at once, in any order: serving never reads back. */
@Timeout(60)
@Tag("verify")
class ManySubscribersTest {

  private static final int SUBSCRIBERS = 8;
  private static final int ENTITIES = 20;
  private static final int NEWEST = 100;
  private static final int BATCH = 50;
  private static final long SEED = 11;

  private final String run = Results.freshKey();

  @Test
  void onOneServer() throws Exception {
    neverGoBack(TestRedis::connect, TestRedis.url());
  }

  @Test
  void onACluster() throws Exception {
    try (TestRedisCluster cluster = new TestRedisCluster()) {
      neverGoBack(cluster::connect, cluster.url());
    }
  }

  private void neverGoBack(Supplier<Redis> connections, String url) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SUBSCRIBERS + 1);
    AtomicBoolean ended = new AtomicBoolean();
    try (FeatureStoreReader reader = FeatureStoreReader.connect(url)) {
      assertThat(versionOf(reader, 0)).isZero(); // connects before the machine is busy
      Future<Integer> watched = threads.submit(() -> watch(reader, ended));
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        long seed = SEED + i;
        tasks.add(() -> write(connections, new Random(seed)));
      }
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
      ended.set(true);
      assertThat(watched.get()).as("reads").isPositive();
      for (int entity = 0; entity < ENTITIES; entity++) {
        assertThat(versionOf(reader, entity)).as("seed %d", SEED).isEqualTo(NEWEST);
      }
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }

  /** Every result, in a sequence of its own: each is written by all. */
  private Void write(Supplier<Redis> connections, Random random) {
    List<StreamRecord> records = new ArrayList<>();
    for (int entity = 0; entity < ENTITIES; entity++) {
      for (int version = 1; version <= NEWEST; version++) {
        records.add(Results.record(result(entity, version)));
      }
    }
    Collections.shuffle(records, random);
    try (Redis redis = connections.get()) {
      Subscriber subscriber =
          new Subscriber(
              Results.stored(redis, Clock.systemUTC()),
              new FakeSink(),
              Clock.systemUTC(),
              Metrics.NONE);
      for (int from = 0; from < records.size(); from += BATCH) {
        assertThat(subscriber.process(records.subList(from, from + BATCH))).isEmpty();
      }
    }
    return null;
  }

  /** A feature of every version, and one of its own, which the next takes away. */
  private FeatureResult result(int entity, int version) {
    return Results.of("g", run + "/" + entity, version, "same", version, "v" + version, version);
  }

  /** Reads until the end; answers how often. */
  private int watch(FeatureStoreReader reader, AtomicBoolean ended) {
    Map<Integer, Integer> seen = new HashMap<>();
    int reads = 0;
    while (!ended.get()) {
      for (int entity : IntStream.range(0, ENTITIES).toArray()) {
        int version = versionOf(reader, entity);
        assertThat(version)
            .as("version of entity %d, seed %d", entity, SEED)
            .isGreaterThanOrEqualTo(seen.getOrDefault(entity, 0));
        seen.put(entity, version);
        reads++;
      }
    }
    return reads;
  }

  /** What is stored belongs to one version as a whole. */
  private int versionOf(FeatureStoreReader reader, int entity) {
    Map<String, String> fields = reader.readAll("place", run + "/" + entity);
    if (fields.isEmpty()) {
      return 0;
    }
    String version = fields.get("g:@version");
    assertThat(fields)
        .containsOnlyKeys(
            "g:@version", "g:@computed_at", "g:@event_time", "g:same", "g:v" + version)
        .containsEntry("g:same", version);
    return Integer.parseInt(version);
  }
}
