package dev.freshet.redis;

import static dev.freshet.redis.Availability.FAIR;
import static dev.freshet.redis.Availability.demand;
import static dev.freshet.redis.Availability.failsSoon;
import static dev.freshet.redis.Availability.isUsableSoon;
import static dev.freshet.redis.Availability.url;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.bare;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.ForgetfulGateway;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that a server that fails for a while causes an exception, and is used again afterwards. */
@Timeout(50) // less than the client's own minute
@Tag("verify")
class RedisReturnsTest {

  /** Runs outside the timeout, as it may pull an image. */
  @BeforeAll
  static void startOneServerOutsideTheTimeout() {
    assertThat(TestRedis.url()).isNotEmpty();
  }

  @Test
  void aServerThatHangsIsReportedAndUsableAgainAfterwards() throws IOException {
    TestServer server = TestRedis.startServer();
    try (Redis redis = Redis.at(url(server), FAIR)) {
      StateStore store = demand(redis);
      store.apply(change("key", bare("a", NOON)), NOON);
      server.suspend();
      failsSoon(store, "did not answer in time");
      server.resume();
      assertThat(store.apply(change("key", bare("b", NOON)), NOON)).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatStopsIsReported() throws IOException {
    TestServer server = TestRedis.startServer();
    try (Redis redis = Redis.at(url(server), FAIR)) {
      StateStore store = demand(redis);
      store.apply(change("key", bare("a", NOON)), NOON);
      server.stop();
      failsSoon(store, "127.0.0.1:" + server.port());
      failsSoon(store, "127.0.0.1:" + server.port());
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatComesBackIsUsedAgain() throws IOException {
    TestServer server = TestRedis.startServer();
    try (Redis redis = Redis.at(url(server), FAIR)) {
      StateStore store = demand(redis);
      store.apply(change("key", bare("a", NOON)), NOON);
      server.stop();
      failsSoon(store, "127.0.0.1:" + server.port());
      server.start();
      isUsableSoon(store);
    } finally {
      server.stop();
    }
  }

  @Test
  void aDeadConnectionIsReplaced() throws IOException {
    TestServer server = TestRedis.startServer();
    try (ForgetfulGateway gateway = new ForgetfulGateway(server.port());
        Redis redis = Redis.at("redis://127.0.0.1:" + gateway.port(), FAIR)) {
      StateStore store = demand(redis);
      store.apply(change("key", bare("a", NOON)), NOON);
      gateway.forget();
      failsSoon(store, "did not answer in time");
      assertThat(store.apply(change("key", bare("b", NOON)), NOON)).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerWithoutMemoryRefusesAndKeepsWhatItHas() throws IOException {
    TestServer server = TestRedis.startServer("maxmemory-policy noeviction");
    try (Redis redis = Redis.at(url(server), FAIR)) {
      for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
        StateStore store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
        store.apply(change("key", value("a", NOON, 1), value("c", NOON + 2, 3)), NOON);
        String limited = redis.ask(commands -> commands.configSet("maxmemory", "1"));
        assertThatExceptionOfType(StateStoreException.class)
            .isThrownBy(() -> store.apply(change("key", value("d", NOON + 3, 4)), NOON))
            .withMessageContaining("OOM");
        String unlimited = redis.ask(commands -> commands.configSet("maxmemory", "0"));
        assertThat(limited).isEqualTo(unlimited);
        var held = store.apply(change("key", value("a", NOON, 1), value("c", NOON + 2, 3)), NOON);
        assertThat(held.get(0).tally().duplicates()).as("events of %s", group).isEqualTo(2);
        var added = store.apply(change("key", value("d", NOON + 3, 4)), NOON);
        assertThat(added.get(0).tally().applied()).as("events of %s", group).isEqualTo(1);
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void aWrongPasswordIsReportedAndNotRepeated() throws IOException {
    TestServer server = TestRedis.startServer("requirepass right");
    int port = server.port();
    try (Redis redis = Redis.at("redis://:mistaken@127.0.0.1:" + port, FAIR);
        Redis other = Redis.at("redis://:right@127.0.0.1:" + port, FAIR)) {
      StateStore store = demand(redis);
      assertThatExceptionOfType(StateStoreException.class)
          .isThrownBy(() -> store.apply(change("key", bare("a", NOON)), NOON))
          .withMessageContaining("127.0.0.1:" + port)
          .satisfies(e -> assertThat(e.toString()).doesNotContain("mistaken"));
      String changed = other.ask(commands -> commands.configSet("requirepass", "mistaken"));
      assertThat(changed).isEqualTo("OK");
      isUsableSoon(store);
    } finally {
      server.stop();
    }
  }
}
