package dev.freshet.state.dynamodb;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.FaultyHttp.Fault;
import dev.freshet.testing.redis.DyingGateway;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a function and a recalculation that die at every request to Redis and DynamoDB, before it
 * or before its answer: no event may be lost or count twice.
 */
@Tag("verify")
@Timeout(300)
class HistoryCrashTest {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final int MOST_REQUESTS = 60;
  private static TestServer server;
  private static Redis redis;

  /** One entity is asleep, one is new, one is awake and was not archived. */
  private static final List<String> ENTITIES = List.of("asleep", "new", "awake");

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

  private static HistoryPlatform prepared() {
    HistoryPlatform platform = new HistoryPlatform(HistoryGroups.parcels(), redis, NOON);
    platform.add(platform.function(), "asleep", value("a", NOON, 1_000_000));
    platform.archiveAll();
    platform.add(platform.function(), "awake", value("b", NOON + MINUTE, 2_000_000));
    return platform;
  }

  private static List<KeyEvents> batch(HistoryPlatform platform) {
    List<KeyEvents> batch = new ArrayList<>();
    for (String each : ENTITIES) {
      Event event = value("c-" + each, NOON + 10 * MINUTE, 4_000_000);
      platform.expected.add(each, event);
      batch.add(new KeyEvents(each, List.of(event)));
    }
    return batch;
  }

  /** Delivers the batch again to a function that has just started, and lets all fall asleep. */
  private static void repeatAndCompare(HistoryPlatform platform, List<KeyEvents> batch) {
    var unused = platform.function().apply(batch, platform.clock.millis());
    ENTITIES.forEach(platform::requireExact);
    platform.archiveAll();
    platform.archiveAll();
    assertThat(ENTITIES).noneMatch(platform::isInRedis);
    ENTITIES.forEach(platform::requireExact);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFunctionThatDiesAtARequestToRedis(boolean isAnswerLost) throws IOException {
    int lost = 0;
    for (boolean hasDied = true; hasDied; lost++) {
      try (HistoryPlatform platform = prepared();
          DyingGateway gateway = new DyingGateway(server.port(), lost, isAnswerLost);
          Redis through = Redis.at(gateway.url(), SHORT)) {
        List<KeyEvents> batch = batch(platform);
        hasDied = dies(() -> platform.function(through, a -> a).apply(batch, NOON + 10 * MINUTE));
        assertThat(gateway.isDead() || !hasDied).as("died at %d", lost).isTrue();
        repeatAndCompare(platform, batch);
      }
    }
    assertThat(lost).as("requests").isBetween(4, MOST_REQUESTS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_ANSWER", "THROTTLED"})
  void aFunctionThatDiesAtARequestToDynamoDb(Fault fault) {
    int lost = 0;
    for (boolean hasDied = true; hasDied; lost++) {
      try (HistoryPlatform platform = prepared()) {
        List<KeyEvents> batch = batch(platform);
        int first = lost;
        platform.http.plan(request -> request < first ? Fault.NONE : fault);
        hasDied = dies(() -> platform.function().apply(batch, NOON + 10 * MINUTE));
        platform.http.heal();
        repeatAndCompare(platform, batch);
      }
    }
    assertThat(lost).as("requests").isBetween(2, MOST_REQUESTS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRecalculationThatDiesAtARequestToRedis(boolean isAnswerLost) throws IOException {
    int lost = 0;
    for (boolean hasDied = true; hasDied; lost++) {
      try (HistoryPlatform platform = prepared();
          DyingGateway gateway = new DyingGateway(server.port(), lost, isAnswerLost);
          Redis through = Redis.at(gateway.url(), SHORT)) {
        List<KeyEvents> batch = batch(platform);
        var unused = platform.function().apply(batch, NOON + 10 * MINUTE);
        platform.clock.set(NOON + 20 * MINUTE);
        hasDied = dies(() -> platform.recalculator(through, a -> a).recalculate(() -> false));
        ENTITIES.forEach(platform::requireExact);
        repeatAndCompare(platform, batch);
      }
    }
    assertThat(lost).as("requests").isBetween(5, MOST_REQUESTS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_ANSWER", "THROTTLED"})
  void aRecalculationThatDiesAtARequestToDynamoDb(Fault fault) {
    int lost = 0;
    for (boolean hasDied = true; hasDied; lost++) {
      try (HistoryPlatform platform = prepared()) {
        List<KeyEvents> batch = batch(platform);
        var unused = platform.function().apply(batch, NOON + 10 * MINUTE);
        platform.clock.set(NOON + 20 * MINUTE);
        int first = lost;
        platform.http.plan(request -> request < first ? Fault.NONE : fault);
        hasDied = dies(() -> platform.recalculator().recalculate(() -> false));
        platform.http.heal();
        ENTITIES.forEach(platform::requireExact);
        repeatAndCompare(platform, batch);
      }
    }
    assertThat(lost).as("requests").isBetween(4, MOST_REQUESTS);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (StateStoreException e) {
      return true;
    }
  }
}
