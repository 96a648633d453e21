package dev.freshet.state.dynamodb;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestGroups.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Functions of one group with history, on a real Redis and an emulated DynamoDB, with a clock that
 * the test sets. An entity that is archived expires from Redis at once, unless the test lets it
 * stay awake.
 */
final class HistoryPlatform implements AutoCloseable {

  static final Duration TTL = Duration.ofDays(90);
  private static final long CACHE_BYTES = 1 << 20;

  final FeatureGroup group;
  final Redis redis;
  final HandClock clock;
  final FakeSink results = new FakeSink();
  final FaultyHttp http = new FaultyHttp();
  final PlainHistory expected = new PlainHistory();
  private final DynamoDbClient client = TestTable.connectImpatient(http);
  private Duration awake = Duration.ZERO;

  HistoryPlatform(FeatureGroup group, Redis redis, long startMillis) {
    this.group = group;
    this.redis = redis;
    this.clock = new HandClock(startMillis);
  }

  HistoryPlatform awakeFor(Duration time) {
    awake = time;
    return this;
  }

  Archive archive() {
    return new DynamoDbArchive(client, TestTable.NAME, group, Metrics.NONE);
  }

  /** Returns a function that has just started. */
  RedisStateStore function() {
    return function(archive -> archive);
  }

  RedisStateStore function(UnaryOperator<Archive> wrapper) {
    return function(redis, wrapper);
  }

  RedisStateStore function(Redis through, UnaryOperator<Archive> wrapper) {
    return RedisStateStore.of(
        group, through, TTL, CACHE_BYTES, wrapper.apply(archive()), Metrics.NONE);
  }

  RedisDueKeys dueKeys() {
    return new RedisDueKeys(group, redis, awake);
  }

  Recalculator recalculator() {
    return recalculator(redis, archive -> archive);
  }

  Recalculator recalculator(Redis through, UnaryOperator<Archive> wrapper) {
    Archive archive = wrapper.apply(archive());
    StateStore store = RedisStateStore.of(group, through, TTL, CACHE_BYTES, archive, Metrics.NONE);
    return new Recalculator(
        group,
        store,
        new RedisDueKeys(group, through, awake),
        archive,
        new StreamResults(results),
        clock,
        Metrics.NONE);
  }

  /** Has a function process events of an entity, and compares its features. */
  KeyState add(StateStore function, String entity, Event... events) {
    for (Event each : events) {
      expected.add(entity, each);
    }
    KeyState state = function.apply(change(entity, events), clock.millis()).get(0);
    requireExact(entity, state);
    return state;
  }

  /** Compares the features that a function which has just started computes. */
  void requireExact(String entity) {
    requireExact(entity, function().apply(change(entity), clock.millis()).get(0));
  }

  private void requireExact(String entity, KeyState state) {
    assertThat(numbers(state))
        .as("%s at %d", entity, state.asOfMillis())
        .isEqualTo(expected.features(entity, state.asOfMillis()));
  }

  /** Waits until the entities are due, and archives them; those that sleep at once expire. */
  void archiveAll() {
    clock.set(clock.millis() + 10 * MINUTE);
    recalculator().recalculate(() -> false);
  }

  /** Removes an entity from Redis, as time would. */
  void sleep(String entity) {
    redis.ask(commands -> commands.del(list(entity)));
  }

  boolean isInRedis(String entity) {
    return ttlMillis(entity) > -2;
  }

  /** The time that Redis keeps an entity; −2 if it has none. */
  long ttlMillis(String entity) {
    return redis.ask(commands -> commands.pttl(list(entity)));
  }

  /** Returns the key of an entity's list; all of a test's lists are of one group. */
  byte[] list(String entity) {
    String pattern = "state:{" + group.name() + "/*}:" + entity;
    List<byte[]> found = redis.ask(commands -> commands.keys(pattern));
    return found.isEmpty() ? pattern.getBytes(UTF_8) : found.get(0);
  }

  int writes() {
    return http.writes();
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
