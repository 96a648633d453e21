package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.heldMicros;
import static dev.freshet.testing.TestGroups.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.testing.HostileIds;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the keys of the state in Redis. */
@Tag("verify")
class RedisStateKeysTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();

  private static final List<String> HOSTILE = hostile();

  /** Those of other keys, and names that look like keys of the state itself. */
  private static List<String> hostile() {
    List<String> ids = new ArrayList<>(HostileIds.ALL);
    ids.addAll(List.of("state:{demand/1}:a", "clock:{demand/1}", "due:{demand/1}", "/1}:a", ""));
    return ids;
  }

  @Test
  void hostileKeysDoNotCollide() {
    FeatureGroup values = TestGroups.heldValues(3);
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
        assertThat(heldMicros(held.get(i)))
            .as("key '%s'", HOSTILE.get(i))
            .containsExactly(i * 1_000_000L);
        assertThat(numbers(summed.get(i))).startsWith(1, 1, 1, i);
      }
    }
  }

  @Test
  void theIndexNamesHostileKeysAsTheyAre() {
    FeatureGroup group = TestGroups.demand();
    RedisStateStore store = RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
    HOSTILE.forEach(key -> store.apply(change(key, value("e", NOON, 1)), NOON));
    assertThat(new RedisDueKeys(group, REDIS).due(NOON + MINUTE, 64 * HOSTILE.size()))
        .extracting(DueKey::key)
        .containsExactlyInAnyOrderElementsOf(HOSTILE);
  }

  @Test
  void hostileIdsOfEventsAndItemsAreKeptApart() {
    FeatureGroup values = TestGroups.heldValues(HOSTILE.size());
    FeatureGroup items = TestGroups.itemStages();
    for (int round = 0; round < 2; round++) {
      RedisStateStore held = RedisStateStore.of(values, REDIS, TTL, Metrics.NONE);
      RedisStateStore stages = RedisStateStore.of(items, REDIS, TTL, Metrics.NONE);
      KeyState lists = null;
      KeyState counts = null;
      for (int i = 0; i < HOSTILE.size(); i++) {
        Event event = value(HOSTILE.get(i), NOON + i, i);
        lists = held.apply(change("k", event), NOON + i).get(0);
        counts = stages.apply(change("k", stage(HOSTILE.get(i), 0, NOON + i)), NOON + i).get(0);
      }
      assertThat(heldMicros(lists))
          .containsExactly(IntStream.range(0, HOSTILE.size()).asLongStream().toArray());
      assertThat(numbers(counts)[0]).isEqualTo(HOSTILE.size());
    }
  }

  @Test
  void theKeysOfAStepAreInOneSlotOfACluster() {
    StateKeys keys = new StateKeys("place_items");
    Set<Integer> slots = new HashSet<>();
    for (String key : HOSTILE) {
      int partition = keys.partition(key);
      Set<Integer> ofKey = new HashSet<>();
      for (byte[] each :
          List.of(keys.list(partition, key), keys.clock(partition), keys.index(partition))) {
        ofKey.add(SlotHash.getSlot(each));
      }
      assertThat(ofKey).as("key '%s'", key).hasSize(1);
      slots.addAll(ofKey);
    }
    assertThat(slots).hasSizeGreaterThan(5);
  }

  @Test
  void allHostileKeysOfAPartitionDiffer() {
    StateKeys keys = new StateKeys("place_items");
    assertThat(HOSTILE.stream().map(key -> new String(keys.list(7, key), UTF_8)))
        .doesNotHaveDuplicates()
        .doesNotContain(new String(keys.clock(7), UTF_8), new String(keys.index(7), UTF_8))
        .allMatch(key -> key.startsWith("state:{place_items/7}:"));
  }

  @Test
  void theFormOfAKeyIsFixed() {
    StateKeys keys = new StateKeys("place_items");
    assertThat(keys.list(43, "45")).asString(UTF_8).isEqualTo("state:{place_items/43}:45");
    assertThat(keys.declarations()).asString(UTF_8).isEqualTo("declarations:{place_items}");
    assertThat(keys.clock(43)).asString(UTF_8).isEqualTo("clock:{place_items/43}");
    assertThat(keys.index(43)).asString(UTF_8).isEqualTo("due:{place_items/43}");
  }

  @Test
  void everyKeyExpires() {
    FeatureGroup values = TestGroups.lastValues(3);
    FeatureGroup totals = TestGroups.demand();
    FeatureGroup stages = TestGroups.itemStages();
    for (FeatureGroup group : List.of(values, totals, stages)) {
      RedisStateStore store = RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
      boolean hasItems = group == stages;
      for (String id : List.of("e", "d")) {
        Event event = hasItems ? stage(id, 0, NOON) : value(id, NOON, 1);
        store.apply(change("k", event), NOON);
      }
    }
    assertThat(ttls("*", values)).hasSize(2);
    assertThat(ttls("state", values)).hasSize(1).allMatch(ttl -> near(ttl, TTL.plusHours(1)));
    assertThat(ttls("*", totals)).hasSize(3);
    assertThat(ttls("state", totals)).allMatch(ttl -> near(ttl, Duration.ofHours(1 + 26 + 1)));
    assertThat(ttls("due", totals)).allMatch(ttl -> near(ttl, Duration.ofHours(1 + 26 + 1)));
    assertThat(ttls("*", stages)).hasSize(3);
    assertThat(ttls("state", stages)).allMatch(ttl -> near(ttl, Duration.ofHours(4 + 26 + 1)));
    assertThat(ttls("clock", stages)).allMatch(ttl -> near(ttl, Duration.ofDays(30)));
  }

  private static boolean near(Duration found, Duration expected) {
    return found.compareTo(expected) <= 0
        && found.compareTo(expected.minus(Duration.ofMinutes(1))) > 0;
  }

  private static List<Duration> ttls(String prefix, FeatureGroup group) {
    String pattern = prefix + ":{" + group.name() + "/*";
    return REDIS.ask(commands -> commands.keys(pattern)).stream()
        .map(key -> Duration.ofMillis(REDIS.ask(commands -> commands.pttl(key))))
        .toList();
  }
}
