package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests entities that a server without memory evicts, while a function has them in its cache. */
@Tag("containers")
@Tag("verify")
class EvictedEntitiesTest {

  private static final int ENTITIES = 2_000;
  private static final long EVICTED_BYTES = 200_000;

  private TestServer server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer("maxmemory-policy allkeys-random");
    redis = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  @Test
  void startAnewAndChangeNoOthers() {
    for (FeatureGroup group : List.of(TestGroups.onlyMinuteCount(), TestGroups.demand())) {
      RedisStateStore store =
          RedisStateStore.of(group, redis, Duration.ofDays(1), Long.MAX_VALUE, Metrics.NONE);
      store.apply(batch("first"), NOON);
      evictSome();
      List<Integer> expected =
          IntStream.range(0, ENTITIES).mapToObj(i -> isThere(group, i) ? 2 : 1).toList();
      assertThat(expected).as("entities of %s", group).contains(1, 2);
      List<KeyState> states = store.apply(batch("second"), NOON);
      for (int i = 0; i < ENTITIES; i++) {
        assertThat(count(states.get(i))).as("key%d of %s", i, group).isEqualTo(expected.get(i));
        assertThat(states.get(i).tally()).isEqualTo(new Tally(1, 0, 0, 0));
      }
    }
  }

  private void evictSome() {
    limit(usedBytes() - EVICTED_BYTES);
    String trigger = redis.ask(commands -> commands.set("trigger".getBytes(UTF_8), new byte[1]));
    assertThat(trigger).isEqualTo("OK");
    limit(0);
  }

  private void limit(long bytes) {
    String unused = redis.ask(commands -> commands.configSet("maxmemory", Long.toString(bytes)));
  }

  private long usedBytes() {
    String prefix = "used_memory:";
    return redis
        .<String>ask(commands -> commands.info("memory"))
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .sum();
  }

  private boolean isThere(FeatureGroup group, int entity) {
    return redis.ask(commands -> commands.exists(Lists.of(group, "key" + entity))) > 0;
  }

  private static int count(KeyState state) {
    return (int) numbers(state)[0];
  }

  private static List<KeyEvents> batch(String event) {
    return IntStream.range(0, ENTITIES)
        .mapToObj(i -> new KeyEvents("key" + i, List.of(value(event, NOON, 1))))
        .toList();
  }
}
