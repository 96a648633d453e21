package dev.freshet.state.dynamodb;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.History;
import dev.freshet.redis.Redis;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.dynamodb.ArchivedEntities;
import dev.freshet.testing.dynamodb.TestDynamoDb;
import dev.freshet.testing.redis.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures reads of entities that Redis has, and of entities that it has forgotten; prints a row
 * for each. Run it alone, with {@code -Dit.test=ServingMeasurement}.
 */
@Tag("verify")
class ServingMeasurement {

  private static final int ENTITIES = 1_000;
  private static final int ROUNDS = 500;

  private final FeatureGroup group = TestGroups.demand();
  private final String feature = group.name() + ":created_1m";

  @Test
  void measure() {
    try (TestDynamoDb dynamoDb = TestDynamoDb.start(Path.of(".."));
        Redis redis = TestRedis.connect();
        FeatureStoreReader plain = FeatureStoreReader.connect(TestRedis.url());
        FeatureStoreReader reader = FeatureStoreReader.connect(TestRedis.url(), from(dynamoDb))) {
      ArchivedEntities entities = new ArchivedEntities(dynamoDb.client(), group);
      IntStream.range(0, ENTITIES).forEach(i -> entities.store("area" + i, 1, i, 2_000));
      for (int size : new int[] {1, 100}) {
        for (String run : new String[] {"warm-up", "measured"}) {
          print(run, "forgotten, found in DynamoDB", size, times(reader, redis, size, true));
          print(run, "in Redis", size, times(reader, redis, size, false));
          print(run, "in Redis, reader without history", size, times(plain, redis, size, false));
        }
      }
    }
  }

  private History from(TestDynamoDb dynamoDb) {
    return new History(
        new DynamoDbResults(dynamoDb.client(), TABLE, Duration.ofSeconds(5)),
        Map.of(group.name(), group.dimension().name()),
        History.USUAL_AWAKE);
  }

  private long[] times(FeatureStoreReader reader, Redis redis, int size, boolean isForgotten) {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      int first = round * size % ENTITIES;
      List<String> areas = IntStream.range(first, first + size).mapToObj(i -> "area" + i).toList();
      if (isForgotten) {
        redis.ask(
            commands -> commands.unlink(areas.stream().map(this::key).toArray(byte[][]::new)));
      }
      long start = System.nanoTime();
      List<EntityFeatures> rows = reader.readMany(group.dimension().name(), areas, feature);
      nanos[round] = System.nanoTime() - start;
      requireFound(rows);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private byte[] key(String area) {
    return ("features:" + group.dimension().name() + ":" + area).getBytes(UTF_8);
  }

  private void requireFound(List<EntityFeatures> rows) {
    for (EntityFeatures row : rows) {
      if (!row.texts().containsKey(feature)) {
        throw new IllegalStateException("not found: " + row);
      }
    }
  }

  private static void print(String run, String name, int size, long[] nanos) {
    System.out.printf(
        "%-8s %-33s %3d entities: p50 %6.2f ms, p99 %6.2f ms%n",
        run, name, size, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6);
  }
}
