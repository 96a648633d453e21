package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.HostileIds;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests with every group that each id has its own features, whatever its characters. */
@Tag("verify")
class HostileIdsTest {

  private static final long NOW = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final int ROUNDS = 4;
  private static final Duration TTL = Duration.ofDays(90);

  @Test
  void idsDoNotCollideOnOneRedis() throws IOException {
    try (Redis redis = TestRedis.connect()) {
      redis.await(redis.pipeline(commands -> commands.flushall()));
      checkAllGroups(redis);
    }
  }

  @Test
  void idsDoNotCollideOnACluster() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis redis = cluster.connect()) {
      checkAllGroups(redis);
    }
  }

  private static void checkAllGroups(Redis redis) throws IOException {
    for (FeatureGroup group : Oracle.groups()) {
      check(redis, group);
    }
  }

  /** Each id has one to four events, each in another batch, with values of its own. */
  private static void check(Redis redis, FeatureGroup group) throws IOException {
    FakeSink results = new FakeSink();
    FakeSink deadLetters = new FakeSink();
    HandClock clock = new HandClock(NOW);
    Archive archive = new InMemoryArchive();
    var store = RedisStateStore.of(group, redis, TTL, 1 << 20, archive, Metrics.NONE);
    Aggregator aggregator =
        new Aggregator(
            group,
            store,
            new StreamResults(results),
            deadLetters,
            Duration.ofDays(90),
            clock,
            Metrics.NONE);
    List<OracleEvent> seen = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> batch = new ArrayList<>();
      for (int id = 0; id < HostileIds.ALL.size(); id++) {
        if (id % ROUNDS >= round) {
          batch.add(event(group, id, round));
        }
      }
      batch.forEach(json -> seen.add(OracleEvent.parse(json)));
      assertThat(aggregator.process(records(batch)).firstUnfinished()).isEmpty();
    }
    assertThat(deadLetters.records()).isEmpty();
    Map<String, FeatureResult> last = last(results);
    compare(last, new Oracle(seen), group, NOW);
    if (group.movesWithTime()) {
      clock.set(NOW + Duration.ofMinutes(20).toMillis());
      var dueKeys = new RedisDueKeys(group, redis);
      new Recalculator(
              group, store, dueKeys, archive, new StreamResults(results), clock, Metrics.NONE)
          .recalculate(() -> false);
      last.putAll(last(results));
      compare(last, new Oracle(seen), group, clock.millis());
    }
  }

  private static void compare(
      Map<String, FeatureResult> found, Oracle oracle, FeatureGroup group, long at) {
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(HostileIds.ALL);
    found.forEach(
        (id, result) -> {
          Map<String, Double> features = new HashMap<>();
          result.features().forEach(each -> features.put(each.name(), each.value()));
          NewestResults.check(group, id, features, oracle, at);
        });
  }

  private static Map<String, FeatureResult> last(FakeSink results) throws IOException {
    Map<String, FeatureResult> last = new HashMap<>();
    for (FeatureResult result : results.drainResults()) {
      last.put(result.key(), result);
    }
    return last;
  }

  /** An event of the id; its event and order ids are hostile as well. */
  private static String event(FeatureGroup group, int id, int round) {
    long start = NOW - 10_000 - 10L * id;
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("eventId", "}:\n\0{" + id + "/" + round).put("orderId", "\0:{" + id + "/" + round);
    json.put("eventType", group.eventTypes().get(0).name()).put("occurredAt", NOW - 1_000);
    json.put(group.dimension().members().get(0), HostileIds.ALL.get(id))
        .put("totalAmount", id + 0.5);
    json.put("createdAt", start).put("acceptedAt", start).put("pickedAt", NOW - 5_000);
    json.put("courierRequestedAt", start).put("courierAcceptedAt", NOW - 6_500);
    json.put("arrivedAt", start).put("deliveredAt", NOW - 1_000);
    return json.toString();
  }

  private static List<StreamRecord> records(List<String> batch) {
    return batch.stream()
        .map(json -> ByteBuffer.wrap(json.getBytes(UTF_8)))
        .map(data -> new StreamRecord("orders", "shardId-0", "1", "key", data))
        .toList();
  }
}
