package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that one call reads about a megabyte at most, and that a tail has at most 4,096 records.
 */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class LargeEntitiesTest {

  private static final String CALLS = "cmdstat_evalsha:calls=";
  private static final Duration TTL = Duration.ofDays(90);

  /** Of some 256 bytes each, so that an entity takes more than a megabyte. */
  private static final int EVENTS = 4_500;

  private final FeatureGroup group = TestGroups.onlyMinuteCount();
  private final StateKeys keys = new StateKeys(group.name());
  private TestServer server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    redis = Redis.at("redis://127.0.0.1:" + server.port(), Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  @Test
  void entitiesThatTakeMoreAreReadOneByOneAndAppendedToOnce() {
    List<String> large = ofOnePartition(3);
    large.forEach(key -> store().apply(change(key, events(key)), NOON));
    String reset = redis.ask(commands -> commands.configResetstat());
    assertThat(reset).isEqualTo("OK");
    List<KeyEvents> batch =
        large.stream().map(key -> new KeyEvents(key, List.of(plain("one more", NOON)))).toList();
    List<KeyState> states = store().apply(batch, NOON);
    assertThat(calls()).as("calls for three of them").isEqualTo(3);
    for (int i = 0; i < large.size(); i++) {
      assertThat(numbers(states.get(i))).containsExactly(EVENTS + 1);
      assertThat(states.get(i).tally()).isEqualTo(new Tally(1, 0, 0, 0));
      assertThat(length(large.get(i))).as("header, snapshot and two records").isEqualTo(4);
    }
  }

  /** A list that is lost between the two calls of its step. */
  @Test
  void aFunctionCountsItsOwnRecordWhateverItReads() {
    List<String> both = ofOnePartition(2);
    store().apply(change(both.get(0), events("large")), NOON);
    List<EntityStep> steps = steps(both);
    List<KeyState> states = new ArrayList<>();
    List<EntityStep> unread = deliver(steps, states);
    assertThat(unread).containsExactly(steps.get(1));
    redis.ask(commands -> commands.del(Lists.of(group, both.get(1))));
    assertThat(deliver(unread, states)).isEmpty();
    assertThat(numbers(states.get(1))).containsExactly(1);
    assertThat(states.get(1).tally()).isEqualTo(new Tally(1, 0, 0, 0));
  }

  @Test
  void aTailIsBounded() {
    String key = "key";
    byte[] list = Lists.of(group, key);
    RedisStateStore store = store();
    store.apply(change(key, events(key)), NOON);
    for (int i = 0; i < 31; i++) {
      store.apply(change(key, plain("e" + i, NOON)), NOON);
    }
    assertThat(length(key)).as("a snapshot and no record").isEqualTo(2);
    store.apply(change(key, plain("last", NOON)), NOON);
    byte[] record = redis.ask(commands -> commands.lindex(list, -1));
    byte[][] records = IntStream.range(0, 4_094).mapToObj(i -> record).toArray(byte[][]::new);
    redis.ask(commands -> commands.rpush(list, records));
    store.apply(change(key), NOON);
    assertThat(length(key)).as("the snapshot is large, the records are few").isEqualTo(2 + 4_095);
    KeyState state = store.apply(change(key, plain("one more", NOON)), NOON).get(0);
    assertThat(numbers(state)).containsExactly(EVENTS + 31 + 2);
    assertThat(length(key)).as("a snapshot and no record").isEqualTo(2);
  }

  private KnownDeclarations declarations() {
    KnownDeclarations declarations = new KnownDeclarations(group, keys, redis, Archive.NONE, true);
    declarations.declare(0);
    return declarations;
  }

  private List<EntityStep> steps(List<String> entities) {
    RecordCodec codec = new RecordCodec(group, declarations());
    StateSnapshots snapshots = new StateSnapshots(group, declarations(), TTL);
    return IntStream.range(0, entities.size())
        .mapToObj(
            i -> {
              KeyEvents change = new KeyEvents(entities.get(i), List.of(plain("e", NOON)));
              CachedEntity unknown = new CachedEntity(snapshots, entities.get(i));
              int partition = keys.partition(entities.get(i));
              return new EntityStep(group, codec, i, partition, change, unknown, TTL, NOON);
            })
        .toList();
  }

  private List<EntityStep> deliver(List<EntityStep> steps, List<KeyState> states) {
    StepCall call = new StepCall(keys, declarations(), group, TTL.toMillis(), NOON);
    call.add(steps.get(0).partition(), steps);
    redis.pipeline(
        commands -> {
          call.send(commands);
          return null;
        });
    assertThat(redis.await(call.reply())).isTrue();
    return call.deliver((index, state) -> states.add(state), new ArrayList<>());
  }

  private List<String> ofOnePartition(int count) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "key" + i)
        .filter(key -> keys.partition(key) == 7)
        .limit(count)
        .toList();
  }

  /** Ids that have nothing in common. */
  private static Event[] events(String key) {
    Random random = new Random(key.hashCode());
    return IntStream.range(0, EVENTS)
        .mapToObj(
            i -> {
              StringBuilder id = new StringBuilder(256);
              random.ints(256, ' ', 127).forEach(each -> id.append((char) each));
              return plain(id.toString(), NOON - i);
            })
        .toArray(Event[]::new);
  }

  private long calls() {
    String statistics = redis.ask(commands -> commands.info("commandstats"));
    return statistics
        .lines()
        .filter(line -> line.startsWith(CALLS))
        .mapToLong(line -> Long.parseLong(line.substring(CALLS.length(), line.indexOf(','))))
        .sum();
  }

  private long length(String key) {
    return redis.ask(commands -> commands.llen(Lists.of(group, key)));
  }

  private RedisStateStore store() {
    return RedisStateStore.of(group, redis, TTL, Metrics.NONE);
  }
}
