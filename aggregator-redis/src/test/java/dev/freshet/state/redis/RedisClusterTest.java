package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.ForgetfulGateway;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The state store on a cluster: keys of one batch lie on several masters. */
@Tag("containers")
@Tag("verify")
class RedisClusterTest {

  private static final int KEYS = 60;
  private static TestRedisCluster cluster;
  private static Redis redis;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestRedisCluster();
    redis = cluster.connect();
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
    cluster.close();
  }

  @Test
  void oneBatchMayTouchEveryMaster() {
    for (FeatureGroup group : List.of(TestGroups.lastValues(5), TestGroups.demand())) {
      RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
      for (int step = 0; step < 3; step++) {
        long newest = NOON - 9 + step;
        assertThat(store.apply(batch(step), NOON))
            .hasSize(KEYS)
            .allMatch(state -> state.newestMillis() == newest);
      }
    }
  }

  @Test
  void theFirstBatchOfAConnectionReadsWhatItHasWritten() {
    FeatureGroup group = TestGroups.lastValues(5);
    for (int step = 0; step < 9; step++) {
      long newest = NOON - 9 + step;
      try (Redis fresh = cluster.connect()) {
        RedisStateStore store = RedisStateStore.of(group, fresh, Duration.ofDays(1), Metrics.NONE);
        assertThat(store.apply(batch(step), NOON))
            .hasSize(KEYS)
            .allMatch(state -> state.newestMillis() == newest);
      }
    }
  }

  @Test
  void aMasterWithoutTheScriptGetsItWhicheverKeyComesFirst() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
    for (int step = 0; step < 8; step++) {
      List<KeyEvents> batch = new ArrayList<>(batch(step));
      Collections.rotate(batch, step);
      assertThat(store.apply(batch, NOON)).hasSize(KEYS);
      cluster.forgetScriptsOfSecond();
    }
  }

  @Test
  void eachRangeIsFoundAndSettledOnEveryMaster() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
    store.apply(batch(0), NOON);
    long later = NOON + Duration.ofDays(1).toMillis();
    int settled = 0;
    for (PartitionRange range : PartitionRange.of(4)) {
      RedisDueKeys index = new RedisDueKeys(group, redis).in(range);
      for (DueKey due : index.due(later, 1_000)) {
        assertThat(range.contains(due.key())).isTrue();
        KeyState state = store.apply(List.of(new KeyEvents(due.key(), List.of())), later).get(0);
        index.settle(List.of(new Settled(due.key(), state)));
        settled++;
      }
      assertThat(index.next()).as("%s", range).isEmpty();
    }
    assertThat(settled).isEqualTo(KEYS);
  }

  @Test
  void aDeadConnectionToOneNodeIsReplaced() throws IOException {
    int port = TestRedis.freePort();
    try (ForgetfulGateway gateway = new ForgetfulGateway(port);
        TestRedisCluster behind = new TestRedisCluster(port, gateway.port());
        Redis patient = Redis.at(behind.urlOfFirst(), Duration.ofSeconds(4))) {
      FeatureGroup group = TestGroups.lastValues(5);
      RedisStateStore store = RedisStateStore.of(group, patient, Duration.ofDays(1), Metrics.NONE);
      store.apply(batch(0), NOON);
      gateway.forget();
      assertThatExceptionOfType(StateStoreException.class)
          .isThrownBy(() -> store.apply(batch(1), NOON))
          .withMessageContaining("did not answer in time");
      assertThat(store.apply(batch(1), NOON)).hasSize(KEYS);
    }
  }

  private static List<KeyEvents> batch(int step) {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> new KeyEvents("key" + i, List.of(value("e" + step, NOON - 9 + step, i))))
        .toList();
  }
}
