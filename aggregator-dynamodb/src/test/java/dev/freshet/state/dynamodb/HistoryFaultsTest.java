package dev.freshet.state.dynamodb;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.input.Input.amount;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.FaultyHttp.Fault;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that the loss of Redis or of DynamoDB for a time loses no event of a history. */
@Tag("verify")
@Timeout(120)
class HistoryFaultsTest {

  private static TestServer server;
  private static Redis redis;

  @BeforeAll
  static void start() throws IOException {
    server = TestRedis.startServer();
    redis = server.connect(Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.stop();
  }

  /** Features of entities awake go on; a batch with one asleep waits; nothing is lost. */
  @Test
  void dynamoDbIsAwayForAnHour() {
    long midnight = Math.floorDiv(NOON, DAY) * DAY + 31 * DAY;
    HistoryPlatform platform =
        new HistoryPlatform(HistoryGroups.parcels(), redis, NOON).awakeFor(Duration.ofDays(1));
    RedisStateStore function = platform.function();
    for (String each : List.of("awake", "asleep")) {
      platform.add(function, each, value("first-" + each, NOON, 1_000_000));
    }
    platform.archiveAll();
    platform.sleep("asleep");
    RedisStateStore other = platform.function();
    platform.clock.set(midnight - 30 * MINUTE);
    platform.add(other, "awake", value("second", platform.clock.millis(), 2_000_000));
    platform.results.drain();

    platform.http.plan(request -> Fault.LOST_REQUEST);
    Event waiting = value("third", platform.clock.millis(), 4_000_000);
    platform.expected.add("asleep", waiting);
    for (int minute = 0; minute < 60; minute += 5) {
      platform.clock.set(midnight + (minute - 30) * MINUTE);
      platform.add(other, "awake", value("m" + minute, platform.clock.millis(), 8_000_000));
      assertThatThrownBy(() -> other.apply(change("asleep", waiting), platform.clock.millis()))
          .isInstanceOf(StateStoreException.class);
      if (minute >= 10) {
        assertThatThrownBy(() -> platform.recalculator().recalculate(() -> false))
            .isInstanceOf(StateStoreException.class);
      }
    }
    assertThat(platform.results.texts())
        .as("the first event of the entity awake has left its window")
        .anyMatch(text -> text.contains("\"awake\"") && text.contains("\"count_30d\":7"))
        .noneMatch(text -> text.contains("\"asleep\""));
    assertThat(platform.ttlMillis("asleep")).isGreaterThan(89 * DAY);
    assertThat(redis.<Long>ask(commands -> commands.llen(platform.list("asleep"))))
        .as("a record for each delivery")
        .isEqualTo(2 + 12);

    platform.http.heal();
    var unused = other.apply(change("asleep", waiting), platform.clock.millis());
    platform.archiveAll();
    platform.archiveAll();
    for (String each : List.of("awake", "asleep")) {
      assertThat(platform.ttlMillis(each)).isLessThan(DAY);
      platform.requireExact(each);
      platform.sleep(each);
      platform.requireExact(each);
    }
    platform.close();
  }

  /** As when a node is replaced: the stream delivers again what the archive does not have yet. */
  @Test
  void redisIsLostWholly() {
    HistoryPlatform platform =
        new HistoryPlatform(HistoryGroups.parcels(), redis, NOON).awakeFor(Duration.ofDays(1));
    RedisStateStore function = platform.function();
    List<KeyEvents> delivered = new ArrayList<>();
    for (int minute = 0; minute < 40; minute++) {
      platform.clock.set(NOON + minute * MINUTE);
      String entity = "e" + minute % 7;
      Event event = value("m" + minute, platform.clock.millis(), 1_000_000L << (minute % 5));
      platform.add(function, entity, event);
      delivered.add(new KeyEvents(entity, List.of(event)));
      platform.recalculator().recalculate(() -> false);
    }
    List<String> declarations = declarations(platform);
    var done = redis.ask(commands -> commands.flushall());
    assertThat(done).isEqualTo("OK");
    platform.clock.set(NOON + 50 * MINUTE);
    RedisStateStore started = platform.function();
    for (KeyEvents each : delivered.subList(20, 40)) {
      for (RedisStateStore one : List.of(function, started)) {
        var unused = one.apply(List.of(each), platform.clock.millis());
      }
    }
    platform.expected.entities().forEach(platform::requireExact);
    assertThat(declarations(platform)).as("with their instants").isEqualTo(declarations);
    platform.archiveAll();
    platform.expected.entities().forEach(platform::sleep);
    platform.expected.entities().forEach(platform::requireExact);
    platform.close();
  }

  private static List<String> declarations(HistoryPlatform platform) {
    String key = "declarations:{" + platform.group.name() + "}";
    List<byte[]> entries = redis.ask(commands -> commands.lrange(key.getBytes(UTF_8), 0, -1));
    return entries.stream().map(HexFormat.of()::formatHex).toList();
  }

  /** Redis has lost the declarations, too; the archive has them. */
  @Test
  void theArchiveHasASnapshotOfAnotherDeclaration() {
    String name = TestGroups.freshName("parcels");
    HistoryPlatform before = new HistoryPlatform(HistoryGroups.parcels(name), redis, NOON);
    before.add(before.function(), "key", value("a", NOON, 3_000_000));
    before.archiveAll();
    var done = redis.ask(commands -> commands.flushall());
    assertThat(done).isEqualTo("OK");
    HistoryPlatform after = new HistoryPlatform(fewer(name), redis, before.clock.millis());
    Event event = value("b", after.clock.millis(), 4_000_000);
    KeyState state = after.function().apply(change("key", event), after.clock.millis()).get(0);
    assertThat(numbers(state)).containsExactly(2, 2, 7);
    after.archiveAll();
    assertThat(after.isInRedis("key")).isFalse();
    before.expected.add("key", event);
    before.clock.set(after.clock.millis());
    KeyState back = before.function().apply(change("key"), before.clock.millis()).get(0);
    assertThat(numbers(back)).startsWith(2, 7, 2);
    before.close();
    after.close();
  }

  private static FeatureGroup fewer(String name) {
    return FeatureGroup.named(name)
        .dimension(TestGroups.WORKER)
        .reads(TestGroups.ITEM_DELIVERED)
        .value(amount("totalAmount"))
        .lateness(HistoryGroups.LATENESS)
        .over(days(30).every(Duration.ofDays(1)), count())
        .over(lifetime(), count(), sum())
        .build();
  }

  /** No item of DynamoDB can be so large; the entity stays in Redis, and others do not wait. */
  @Test
  void anEntityThatIsTooLargeForTheArchiveStaysInRedis() {
    HistoryPlatform platform = new HistoryPlatform(HistoryGroups.parcels(), redis, NOON);
    Random random = new Random(5);
    Event[] many = new Event[20_000];
    for (int i = 0; i < many.length; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()) + "/" + random.nextLong();
      many[i] = value(id, NOON + i, i * 1_000_003L);
    }
    platform.add(platform.function(), "large", many);
    platform.add(platform.function(), "small", value("a", NOON, 1_000_000));
    platform.archiveAll();
    assertThat(platform.isInRedis("small")).isFalse();
    assertThat(platform.ttlMillis("large")).isGreaterThan(89 * DAY);
    assertThat(platform.dueKeys().next().orElseThrow())
        .isEqualTo(platform.clock.millis() + 9 * MINUTE);
    platform.clock.set(NOON + DAY); // its events are in tiles then
    platform.archiveAll();
    assertThat(platform.isInRedis("large")).isFalse();
    platform.requireExact("large");
    platform.close();
  }
}
