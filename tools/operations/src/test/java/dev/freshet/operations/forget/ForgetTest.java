package dev.freshet.operations.forget;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.KeyScan;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archived;
import dev.freshet.state.dynamodb.HistoryEraser;
import dev.freshet.testing.dynamodb.TestDynamoDb;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A group, and one entity of a group, out of a real Redis and an emulated DynamoDB. */
@Tag("verify")
class ForgetTest {

  private static final long NOON = 1_780_000_000_000L;
  private static final Instant NOW = Instant.ofEpochMilli(NOON);
  private static final TestDynamoDb DYNAMODB = TestDynamoDb.start(Path.of("../.."));

  private Redis redis;
  private HistoryFunction function;
  private String group;

  @BeforeEach
  void connect() {
    redis = TestRedis.connect();
    redis.ask(commands -> commands.flushall());
    function = new HistoryFunction(redis, DYNAMODB.client(), NOON);
    group = function.group();
  }

  @AfterAll
  static void stop() {
    DYNAMODB.close();
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
  void aGroupsBaselineIsRemovedAndNoOthers() {
    store("freshet:baseline", "gone:a", "gone:b", "gone_not:a", "other:gone");

    assertThat(features("gone", Optional.of("1"), false).report()).startsWith("nothing is held");
    assertThat(features("gone", Optional.empty(), true).report())
        .startsWith("would remove gone: feature store 0 fields of 0 entities, baseline 2 features");
    assertThat(fields("freshet:baseline")).hasSize(4);

    features("gone", Optional.empty(), false);

    assertThat(fields("freshet:baseline")).containsExactly("gone_not:a", "other:gone");
    assertThat(features("gone", Optional.empty(), false).report()).startsWith("nothing is held");
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
  void featuresInFeastsFormatAreForgotten() {
    FeatureStoreWriter writer =
        new FeatureStoreWriter(
            redis, Duration.ofDays(1), new FeastFormat("shop", Set.of("number")), Metrics.NONE);
    for (String id : List.of("7", "8")) {
      writer.write(
          List.of(
              result("gone", "number", id),
              result("other", "number", id),
              result("gone", "place", id)));
    }

    assertThat(features("gone", Optional.of("7"), true).entities()).isEqualTo(2);
    assertThat(features("gone", Optional.of("7"), false).fields()).isEqualTo(8);
    assertThat(features("gone", Optional.empty(), false).entities()).isEqualTo(2);
    assertThat(keys()).as("those of the other group").hasSize(2);
    assertThat(features("gone", Optional.empty(), false).fields()).isZero();
    assertThat(features("other", Optional.empty(), false).fields()).isEqualTo(8);
    assertThat(keys()).isEmpty();
  }

  private static FeatureResult result(String group, String dimension, String id) {
    return new FeatureResult(
        group,
        dimension,
        id,
        1,
        1_000,
        1_000,
        OptionalLong.empty(),
        Trigger.EVENT,
        List.of(new FeatureValue("a", 1)));
  }

  @Test
  void aDryRunCountsAndLeavesAll() {
    store("features:place:1", "g:a", "g:b");
    assertThat(features("g", Optional.empty(), true).fields()).isEqualTo(2);
    assertThat(fields("features:place:1")).hasSize(2);
    redis.ask(commands -> commands.flushall());

    function.add("7");
    function.store();
    function.add("8");
    List<String> all = keys();
    Forget ofEntity = state(group, Optional.of("7"), true);
    assertThat(ofEntity.keys()).isOne();
    assertThat(ofEntity.dueInstants()).isOne();
    assertThat(ofEntity.items()).isOne();
    Forget ofGroup = state(group, Optional.empty(), true);
    assertThat(ofGroup.keys()).isEqualTo(all.size());
    assertThat(ofGroup.dueInstants()).isEqualTo(2);
    assertThat(ofGroup.items()).as("an entity and the declarations").isEqualTo(2);

    assertThat(keys()).isEqualTo(all);
    assertThat(function.isStored("7")).isTrue();
    assertThat(state(group, Optional.of("9"), true).report())
        .isEqualTo("nothing is held of " + group + " of entity '9'");
  }

  @Test
  void aGroupsStateIsRemovedWithItsDueInstantsItsLeaseAndItsHistory() {
    for (String entity : List.of("7", "a:b", "}:7", "x|7")) {
      function.add(entity);
    }
    function.store();
    function.add("7");
    set("recalculation:" + group);
    set("recalculation:" + group + ":3of4");
    set("recalculation:" + group + ":15of16");
    long all = keys().size();
    set("recalculation:g");
    set("state:{g/1}:1");

    Forget forgotten = state(group, Optional.empty(), false);

    assertThat(forgotten.keys()).isEqualTo(all);
    assertThat(forgotten.dueInstants()).isEqualTo(4);
    assertThat(forgotten.items()).as("entities and the declarations").isEqualTo(5);
    assertThat(keys()).containsExactly("recalculation:g", "state:{g/1}:1");
    assertThat(function.isStored("x|7")).isFalse();
    assertThat(forgotten.report())
        .isEqualTo(
            "removed %s: feature store 0 fields of 0 entities, baseline 0 features, state store %d keys and 4 due instants, history 5 items",
            group, all);
    assertThat(function.add("7")).isOne();
  }

  @Test
  void ofOneEntityItsStateItsDueInstantAndItsHistoryGo() {
    for (String entity : List.of("7", "x:7", "77", "}:7")) {
      function.add(entity);
    }
    function.store();
    function.add("7");

    Forget forgotten = state(group, Optional.of("7"), false);

    assertThat(forgotten.keys()).isOne();
    assertThat(forgotten.dueInstants()).isOne();
    assertThat(forgotten.items()).isOne();
    assertThat(keys()).filteredOn(key -> key.startsWith("state:")).hasSize(3);
    assertThat(keys()).as("nothing is to be stored").noneMatch(key -> key.startsWith("archive:"));
    assertThat(state(group, Optional.empty(), true).dueInstants()).isEqualTo(3);
    assertThat(function.isStored("7")).isFalse();
    assertThat(function.isStored("}:7")).isTrue();
    assertThat(function.add("7")).isOne();
    assertThat(function.add("}:7")).isEqualTo(2);
  }

  @Test
  void anEntityIsForgottenThoughRedisLostAll() {
    function.add("7");
    function.store();
    Archived before = function.inHand("7");
    redis.ask(commands -> commands.flushall());

    assertThat(state(group, Optional.of("7"), false).items()).isOne();

    function.store(before);
    assertThat(function.isStored("7")).isFalse();
    assertThat(function.add("7")).isOne();
    function.store();
    assertThat(function.isStored("7")).as("what comes later is stored").isTrue();
  }

  @Test
  void withoutATableOnlyRedisIsAsked() {
    function.add("7");
    Forget forgotten = new Forget(group, Optional.of("7"), false);
    forgotten.state(redis, Optional.empty(), NOW);
    assertThat(forgotten.keys()).isOne();
  }

  /**
   * One function has read an entity before all is removed. Others read what is still stored just
   * before the first tombstone, and one of them puts it into Redis again. All store it after that.
   */
  @Test
  void whatFunctionsStillHaveInHandDoesNotComeBack() {
    function.add("7");
    function.store();
    function.add("7");
    Archived before = function.inHand("7");
    List<Archived> between = new ArrayList<>();
    Interference interference =
        new Interference(
            DYNAMODB.client(),
            put -> {
              if (put == 1) {
                between.add(function.inHand("7"));
                assertThat(function.add("7")).isEqualTo(2);
              }
            },
            put -> {
              function.store(before);
              assertThat(function.isStored("7")).isFalse();
              function.store(between.get(0));
              assertThat(function.isStored("7")).as("after %d", put).isEqualTo(put == 1);
            });

    Forget forgotten = new Forget(group, Optional.of("7"), false);
    forgotten.state(redis, Optional.of(new HistoryEraser(interference, TABLE)), NOW);

    assertThat(interference.puts()).isEqualTo(3);
    assertThat(forgotten.items()).isOne();
    assertThat(keys()).filteredOn(key -> key.startsWith("state:")).isEmpty();
    assertThat(function.add("7")).isOne();
    function.store();
    assertThat(function.isStored("7")).as("what comes later is stored").isTrue();
  }

  @Test
  void whatAFunctionWouldStoreForTheFirstTimeIsNotStored() {
    function.add("7");
    Archived first = function.inHand("7");

    assertThat(state(group, Optional.of("7"), false).items()).isZero();

    function.store(first);
    assertThat(function.isStored("7")).isFalse();
    assertThat(function.add("7")).isOne();
  }

  @Test
  void anEntityThatIsStoredAgainAndAgainIsSaid() {
    function.add("7");
    function.store();
    Interference restless =
        new Interference(
            DYNAMODB.client(),
            put -> {},
            put -> {
              function.add("7");
              function.store();
            });
    Forget forgotten = new Forget(group, Optional.of("7"), false);
    assertThatThrownBy(
            () -> forgotten.state(redis, Optional.of(new HistoryEraser(restless, TABLE)), NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("entity '7' is stored again and again; stop its events and run it again");
  }

  @Test
  @Tag("containers")
  void allMastersOfAClusterAreLookedAtPageByPage() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis several = cluster.connect()) {
      redis.close();
      redis = several;
      for (int i = 0; i < 3 * KeyScan.PAGE; i++) {
        store("features:place:" + i, "g:a", "h:a");
        set("state:{g/" + i % 64 + "}:" + i);
      }
      String[] many = new String[3 * KeyScan.PAGE];
      for (int i = 0; i < many.length; i++) {
        many[i] = "g:f" + i;
      }
      store("features:place:many", many);

      Forget features = features("g", Optional.empty(), false);
      Forget state = state("g", Optional.empty(), false);

      assertThat(features.fields()).isEqualTo(6L * KeyScan.PAGE);
      assertThat(features.entities()).isEqualTo(3L * KeyScan.PAGE + 1);
      assertThat(state.keys()).isEqualTo(3L * KeyScan.PAGE);
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
    forgotten.state(redis, Optional.of(new HistoryEraser(DYNAMODB.client(), TABLE)), NOW);
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
