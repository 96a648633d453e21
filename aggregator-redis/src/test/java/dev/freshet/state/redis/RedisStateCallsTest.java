package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the keys of a batch share calls of one server. */
@Tag("verify")
class RedisStateCallsTest {

  private static final String CALLS = "cmdstat_evalsha:calls=";

  private TestServer server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    redis = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  @Test
  void aCallTakesSixtyFourKeysOfAnyPartitions() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(3))) {
      RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
      store.apply(keys(1), NOON); // loads the script
      assertThat(callsFor(store, keys(20))).as("calls for 20 keys of %s", group).isEqualTo(1);
      assertThat(callsFor(store, keys(320))).as("calls for 320 keys").isBetween(5L, 7L);
    }
  }

  /** Includes snapshots: a function's own snapshot does not make it read the list again. */
  @Test
  void aStepOfACachedEntityIsOneCall() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(3))) {
      RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
      store.apply(keys(1), NOON); // loads the script
      long calls = 0;
      for (int i = 0; i < 160; i++) {
        List<KeyEvents> one = List.of(new KeyEvents("k", List.of(value("f" + i, NOON, 1))));
        calls += callsFor(store, one);
      }
      assertThat(calls).as("calls for 160 steps and their snapshots").isBetween(161L, 171L);
    }
  }

  @Test
  void aServerWithoutScriptsGetsAllOfThemAtOnce() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
    KeyState state = store.apply(keys(1), NOON).get(0);
    new RedisDueKeys(group, redis).settle(List.of(new Settled("k0", state)));

    assertThat(redis.<String>ask(commands -> commands.info("errorstats")))
        .containsPattern("errorstat_NOSCRIPT:count=1\\s");
  }

  @Test
  void theIndexOfAPartitionNamesItsOwnKeys() {
    FeatureGroup group = TestGroups.demand();
    StateKeys keys = new StateKeys(group.name());
    RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE).apply(keys(20), NOON);
    Set<String> named = new HashSet<>();
    for (int partition = 0; partition < PartitionRange.PARTITIONS; partition++) {
      byte[] index = keys.index(partition);
      for (byte[] name : redis.ask(commands -> commands.zrange(index, 0, -1))) {
        String key = new String(name, UTF_8);
        assertThat(keys.partition(key)).as("partition of %s", key).isEqualTo(partition);
        named.add(key);
      }
    }
    assertThat(named).hasSize(20);
  }

  private long callsFor(RedisStateStore store, List<KeyEvents> changes) {
    String reset = redis.ask(commands -> commands.configResetstat());
    assertThat(reset).isEqualTo("OK");
    store.apply(changes, NOON);
    String statistics = redis.ask(commands -> commands.info("commandstats"));
    return statistics
        .lines()
        .filter(line -> line.startsWith(CALLS))
        .mapToLong(line -> Long.parseLong(line.substring(CALLS.length(), line.indexOf(','))))
        .sum();
  }

  private static List<KeyEvents> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new KeyEvents("k" + i, List.of(value("e" + i, NOON, 1))))
        .toList();
  }
}
