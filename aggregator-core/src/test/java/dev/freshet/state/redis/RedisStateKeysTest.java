package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.testing.HostileIds;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TestRedis;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How the state lies in Redis. */
class RedisStateKeysTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.connect();

  private static final List<String> HOSTILE = HostileIds.ALL;

  @AfterAll
  static void disconnect() {
    REDIS.close();
  }

  @Test
  void hostileKeysDoNotMeet() {
    FeatureGroup values = TestGroups.lastValues(3);
    FeatureGroup totals = TestGroups.demand();
    RedisStateStore lists = RedisStateStore.of(values, REDIS, TTL, Metrics.NONE);
    RedisStateStore timelines = RedisStateStore.of(totals, REDIS, TTL, Metrics.NONE);
    List<KeyEvents> changes =
        IntStream.range(0, HOSTILE.size())
            .mapToObj(
                i -> new KeyEvents(HOSTILE.get(i), List.of(value("e" + i, NOON, i * 1_000_000L))))
            .toList();
    for (int round = 0; round < 2; round++) {
      List<KeyState> held = lists.apply(changes, NOON);
      List<KeyState> summed = timelines.apply(changes, NOON);
      for (int i = 0; i < HOSTILE.size(); i++) {
        assertThat(((LastValues) held.get(i)).valueMicros())
            .as("key '%s'", HOSTILE.get(i))
            .containsExactly(i * 1_000_000L);
        assertThat(((Totals) summed.get(i)).totals()).contains(1, 1, 1, i);
      }
    }
  }

  @Test
  void whatAStepTouchesLiesInOneSlotOfACluster() {
    Set<Integer> slots = new HashSet<>();
    for (String key : HOSTILE) {
      StateKeys keys = new StateKeys("store_orders");
      Set<Integer> ofKey = new HashSet<>();
      for (String part : List.of("items", "queue", "ring", "ids")) {
        ofKey.add(SlotHash.getSlot(keys.of(key, part)));
      }
      assertThat(ofKey).as("key '%s'", key).hasSize(1);
      slots.addAll(ofKey);
    }
    assertThat(slots).hasSizeGreaterThan(5);
  }

  @Test
  void theSpellingOfAKeyIsFixed() {
    assertThat(new String(new StateKeys("store_orders").of("45", "items"), UTF_8))
        .isEqualTo("state:{store_orders/43}:45:items");
  }

  @Test
  void everyKeyExpires() {
    FeatureGroup values = TestGroups.lastValues(3);
    FeatureGroup totals = TestGroups.demand();
    FeatureGroup stages = TestGroups.orderStages();
    List<KeyEvents> change = List.of(new KeyEvents("k", List.of(value("e", NOON, 1))));
    List<KeyEvents> older = List.of(new KeyEvents("k", List.of(value("d", NOON - 1, 1))));
    for (FeatureGroup group : List.of(values, totals, stages)) {
      RedisStateStore store = RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
      store.apply(change, NOON);
      store.apply(older, NOON);
    }
    assertThat(ttls(values)).hasSize(2).allMatch(ttl -> near(ttl, TTL.plusHours(1)));
    assertThat(ttls(totals)).hasSize(3).allMatch(ttl -> near(ttl, Duration.ofHours(4)));
    assertThat(ttls(stages)).hasSize(3).allMatch(ttl -> near(ttl, Duration.ofHours(7)));
  }

  @Test
  void fewItemsAreKeptCompactAndManyInATable() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.orderStages())) {
      byte[] items = new StateKeys(group.name()).of("size", "items");
      RedisStateStore store = RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
      store.apply(List.of(new KeyEvents("size", events(0, 40))), NOON);
      store.apply(List.of(new KeyEvents("size", List.of())), NOON);
      assertThat(encoding(items)).as("few items of %s", group).matches("listpack|ziplist");
      store.apply(List.of(new KeyEvents("size", events(40, 80))), NOON);
      store.apply(List.of(new KeyEvents("size", List.of())), NOON);
      assertThat(encoding(items)).as("many items of %s", group).isEqualTo("hashtable");
    }
  }

  private static List<Event> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> value("e" + i, NOON + i, i)).toList();
  }

  private static String encoding(byte[] key) {
    return REDIS.ask(commands -> commands.objectEncoding(key));
  }

  private static boolean near(Duration found, Duration expected) {
    return found.compareTo(expected) <= 0
        && found.compareTo(expected.minus(Duration.ofMinutes(1))) > 0;
  }

  private static List<Duration> ttls(FeatureGroup group) {
    String pattern = "state:{" + group.name() + "/*";
    return REDIS.ask(commands -> commands.keys(pattern)).stream()
        .map(key -> Duration.ofMillis(REDIS.ask(commands -> commands.pttl(key))))
        .toList();
  }
}
