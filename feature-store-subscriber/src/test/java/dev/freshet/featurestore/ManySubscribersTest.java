package dev.freshet.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.ledger.Ledger;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Subscribers and functions that write the same entities at once, in any order: serving never reads
 * back.
 */
@Timeout(60)
@Tag("verify")
class ManySubscribersTest {

  private static final int WRITERS = 8;
  private static final int ENTITIES = 20;
  private static final int NEWEST = 100;
  private static final int BATCH = 50;
  private static final long SEED = 11;

  private final String run = Results.freshKey();

  @ParameterizedTest
  @MethodSource("directWriters")
  void onOneServer(int directWriters) throws Exception {
    neverGoBack(directWriters, TestRedis::connect, TestRedis.url());
  }

  @ParameterizedTest
  @MethodSource("directWriters")
  void onACluster(int directWriters) throws Exception {
    try (TestRedisCluster cluster = new TestRedisCluster()) {
      neverGoBack(directWriters, cluster::connect, cluster.url());
    }
  }

  /** Subscribers alone; both at once, as while the setting changes; functions alone. */
  private static IntStream directWriters() {
    return IntStream.of(0, WRITERS / 2, WRITERS);
  }

  private void neverGoBack(int directWriters, Supplier<Redis> connections, String url)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    AtomicBoolean ended = new AtomicBoolean();
    try (FeatureStoreReader reader = FeatureStoreReader.connect(url)) {
      assertThat(versionOf(reader, 0)).isZero(); // connects before the machine is busy
      Future<Integer> watched = threads.submit(() -> watch(reader, ended));
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        long seed = SEED + i;
        Function<Redis, ResultSink> writers =
            i < directWriters ? ManySubscribersTest::function : ManySubscribersTest::subscriber;
        tasks.add(() -> write(connections, writers, new Random(seed)));
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
  private Void write(
      Supplier<Redis> connections, Function<Redis, ResultSink> writers, Random random) {
    List<FeatureResult> results = new ArrayList<>();
    for (int entity = 0; entity < ENTITIES; entity++) {
      for (int version = 1; version <= NEWEST; version++) {
        results.add(result(entity, version));
      }
    }
    Collections.shuffle(results, random);
    try (Redis redis = connections.get()) {
      ResultSink writer = writers.apply(redis);
      for (int from = 0; from < results.size(); from += BATCH) {
        assertThat(writer.put(results.subList(from, from + BATCH)).isEmpty()).isTrue();
      }
    }
    return null;
  }

  private static ResultSink function(Redis redis) {
    return new DirectResults(
        Results.stored(redis, Clock.systemUTC()), new StreamResults(new FakeSink()));
  }

  private static ResultSink subscriber(Redis redis) {
    Subscriber subscriber =
        new Subscriber(
            Results.stored(redis, Clock.systemUTC()),
            new FakeSink(),
            Clock.systemUTC(),
            Metrics.NONE,
            Ledger.NONE);
    return results -> {
      List<StreamRecord> records = results.stream().map(Results::record).toList();
      assertThat(subscriber.process(records)).isEmpty();
      return new BitSet();
    };
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
