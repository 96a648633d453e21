package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestEvents;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A group that is gone, and one entity of a group, out of a real Redis. */
@Tag("verify")
class ForgetTest {

  private static final long NOON = 1_780_000_000_000L;

  private Redis redis;

  @BeforeEach
  void connect() {
    redis = TestRedis.connect();
    redis.ask(commands -> commands.flushall());
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void aGroupsFieldsAreRemovedFromEveryHashAndNoOthers() {
    store("features:place:1", "gone:a", "gone:@version", "gone_not:a", "other:gone");
    store("features:area:a:b", "gone:a");
    store("features:area:c", "other:a");

    Forget forgotten = features("gone", Optional.empty(), false);

    assertThat(forgotten.fields()).isEqualTo(3);
    assertThat(forgotten.entities()).isEqualTo(2);
    assertThat(fields("features:place:1")).containsExactly("gone_not:a", "other:gone");
    assertThat(keys()).containsExactly("features:area:c", "features:place:1");
    assertThat(features("gone", Optional.empty(), false).fields()).isZero();
  }

  @Test
  void oneEntityIsForgottenByItsExactId() {
    List<String> ids = List.of("4*", "45", "4", "x:4*", "4[5]", "4?", "a\\b");
    ids.forEach(id -> store("features:place:" + id, "g:a"));
    store("features:area:4*", "g:a", "h:a");

    Forget forgotten = features("g", Optional.of("4*"), false);

    assertThat(forgotten.entities()).isEqualTo(2);
    assertThat(keys())
        .contains("features:area:4*", "features:place:45", "features:place:x:4*")
        .doesNotContain("features:place:4*");
    assertThat(fields("features:area:4*")).containsExactly("h:a");
    for (String id : List.of("4[5]", "4?", "a\\b", "x:4*")) {
      assertThat(features("g", Optional.of(id), false).entities()).as(id).isOne();
    }
    assertThat(keys()).containsExactly("features:area:4*", "features:place:4", "features:place:45");
  }

  @Test
  void aDryRunCountsAndLeavesAll() {
    store("features:place:1", "g:a", "g:b");
    set("state:{g/1}:1");
    add("due:{g/1}", "1");

    assertThat(features("g", Optional.empty(), true).fields()).isEqualTo(2);
    Forget state = state("g", Optional.empty(), true);

    assertThat(state.keys()).isEqualTo(2);
    assertThat(state.dueInstants()).isOne();
    assertThat(keys()).hasSize(3);
    assertThat(fields("features:place:1")).hasSize(2);
  }

  @Test
  void aGroupsStateIsRemovedWithItsDueInstantsAndItsLease() {
    set("state:{g/1}:1");
    set("state:{g/63}:a:b");
    set("clock:{g/1}");
    add("due:{g/1}", "1");
    set("recalculation:g");
    set("state:{gone/1}:1");
    set("recalculation:gone");

    Forget forgotten = state("g", Optional.empty(), false);

    assertThat(forgotten.keys()).isEqualTo(5);
    assertThat(forgotten.dueInstants()).isOne();
    assertThat(keys()).containsExactly("recalculation:gone", "state:{gone/1}:1");
  }

  @Test
  void allThatTheStateStoreWritesIsFound() {
    FeatureGroup group = TestGroups.demand();
    StateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
    for (String entity : List.of("7", "a:b", "}:7")) {
      store.apply(TestEvents.change(entity, TestEvents.bare("e", NOON)), NOON);
    }
    assertThat(state(group.name(), Optional.of("7"), false).keys()).isOne();
    assertThat(keys()).filteredOn(key -> key.startsWith("state:")).hasSize(2);
    assertThat(state(group.name(), Optional.empty(), false).dueInstants()).isEqualTo(2);
    assertThat(keys()).isEmpty();
  }

  @Test
  void ofOneEntityItsStateAndItsDueInstantGo() {
    set("state:{g/1}:7");
    set("state:{g/1}:x:7");
    set("state:{g/1}:77");
    set("clock:{g/1}");
    add("due:{g/1}", "7", "x:7");
    set("recalculation:g");

    Forget forgotten = state("g", Optional.of("7"), false);

    assertThat(forgotten.keys()).isOne();
    assertThat(forgotten.dueInstants()).isOne();
    assertThat(keys())
        .containsExactly(
            "clock:{g/1}", "due:{g/1}", "recalculation:g", "state:{g/1}:77", "state:{g/1}:x:7");
    List<byte[]> due = redis.ask(commands -> commands.zrange(bytes("due:{g/1}"), 0, -1));
    assertThat(due).containsExactly(bytes("x:7"));
  }

  @Test
  @Tag("containers")
  void allMastersOfAClusterAreLookedAtPageByPage() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis several = cluster.connect()) {
      redis.close();
      redis = several;
      for (int i = 0; i < 3 * Forget.PAGE; i++) {
        store("features:place:" + i, "g:a", "h:a");
        set("state:{g/" + i % 64 + "}:" + i);
      }
      String[] many = new String[3 * Forget.PAGE];
      for (int i = 0; i < many.length; i++) {
        many[i] = "g:f" + i;
      }
      store("features:place:many", many);

      Forget features = features("g", Optional.empty(), false);
      Forget state = state("g", Optional.empty(), false);

      assertThat(features.fields()).isEqualTo(6L * Forget.PAGE);
      assertThat(features.entities()).isEqualTo(3L * Forget.PAGE + 1);
      assertThat(state.keys()).isEqualTo(3L * Forget.PAGE);
      assertThat(features("h", Optional.of("7"), false).fields()).isOne();
    }
  }

  private Forget features(String group, Optional<String> entity, boolean isDryRun) {
    Forget forgotten = new Forget(group, entity, isDryRun);
    forgotten.features(redis);
    return forgotten;
  }

  private Forget state(String group, Optional<String> entity, boolean isDryRun) {
    Forget forgotten = new Forget(group, entity, isDryRun);
    forgotten.state(redis);
    return forgotten;
  }

  private void store(String key, String... fields) {
    for (String field : fields) {
      redis.ask(commands -> commands.hset(bytes(key), bytes(field), bytes("1")));
    }
  }

  private void set(String key) {
    redis.ask(commands -> commands.set(bytes(key), bytes("")));
  }

  private void add(String key, String... members) {
    for (String member : members) {
      redis.ask(commands -> commands.zadd(bytes(key), 1, bytes(member)));
    }
  }

  private List<String> fields(String key) {
    List<String> fields = new ArrayList<>();
    redis
        .ask(commands -> commands.hkeys(bytes(key)))
        .forEach(field -> fields.add(new String(field, UTF_8)));
    return fields;
  }

  private List<String> keys() {
    TreeSet<String> keys = new TreeSet<>();
    redis.ask(commands -> commands.keys("*")).forEach(key -> keys.add(new String(key, UTF_8)));
    return List.copyOf(keys);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
