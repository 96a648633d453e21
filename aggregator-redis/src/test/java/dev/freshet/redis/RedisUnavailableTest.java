package dev.freshet.redis;

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
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that an unreachable or silent store causes an exception in bounded time. */
@Timeout(50) // less than the client's own minute
@Tag("verify")
class RedisUnavailableTest {

  /** For servers that never answer. */
  private static final Duration SHORT = Duration.ofMillis(400);

  /** For servers that answer some calls, even on a busy machine. */
  private static final Duration FAIR = Duration.ofSeconds(4);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Runs outside the timeout, as it may pull an image. */
  @BeforeAll
  static void startOneServerOutsideTheTimeout() {
    assertThat(TestRedis.url()).isNotEmpty();
  }

  @Test
  void aServerThatIsNotThereIsReported() throws IOException {
    int port;
    try (ServerSocket socket = local(1)) {
      port = socket.getLocalPort();
    }
    try (Redis redis = Redis.at("redis://127.0.0.1:" + port, SHORT)) {
      StateStore store = demand(redis);
      failsSoon(store, "127.0.0.1:" + port);
    }
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsReported() throws IOException {
    try (ServerSocket socket = local(50);
        Redis redis = Redis.at("redis://127.0.0.1:" + socket.getLocalPort(), SHORT)) {
      StateStore store = demand(redis);
      failsSoon(store, "127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void aServerThatDoesNotEvenAcceptIsReported() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket socket = local(1);
        Redis redis = Redis.at("redis://127.0.0.1:" + socket.getLocalPort(), SHORT)) {
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(socket.getInetAddress(), socket.getLocalPort()));
      }
      StateStore store = demand(redis);
      failsSoon(store, "127.0.0.1:" + socket.getLocalPort());
    } finally {
      for (Socket each : waiting) {
        each.close();
      }
    }
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
  void aTimeoutOfTheClientReplacesTheConnection() {
    try (Redis redis = Redis.at(TestRedis.url(), PATIENCE)) {
      long before = redis.ask(commands -> commands.clientId());
      AsyncCommand<byte[], byte[], String> givenUp =
          new AsyncCommand<>(new Command<>(CommandType.PING, null));
      givenUp.completeExceptionally(new RedisCommandTimeoutException("no answer"));

      assertThat(redis.await(givenUp)).isFalse();

      assertThat(redis.<Long>ask(commands -> commands.clientId())).isNotEqualTo(before);
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

  @Test
  void failedConnectionsLeaveNoThreadsBehind() throws IOException {
    int port;
    try (ServerSocket socket = local(1)) {
      port = socket.getLocalPort();
    }
    try (Redis redis = Redis.at("redis://127.0.0.1:" + port, SHORT)) {
      StateStore store = demand(redis);
      failsSoon(store, "127.0.0.1");
      long before = lettuceThreads();
      for (int i = 0; i < 8; i++) {
        failsSoon(store, "127.0.0.1");
      }
      assertThat(lettuceThreads()).isLessThanOrEqualTo(before + 2);
    }
  }

  private static long lettuceThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lettuce-"))
        .count();
  }

  private static void failsSoon(StateStore store, String mentions) {
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> store.apply(change("key", bare("a", NOON)), NOON))
        .withMessageContaining(mentions);
  }

  private static void isUsableSoon(StateStore store) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isUsable(store)) {
      assertThat(System.nanoTime()).as("usable again in time").isLessThan(end);
      LockSupport.parkNanos(SHORT.dividedBy(40).toNanos());
    }
  }

  private static boolean isUsable(StateStore store) {
    try {
      return store.apply(change("key", bare("z", NOON)), NOON).size() == 1;
    } catch (StateStoreException e) {
      return false;
    }
  }

  private static StateStore demand(Redis redis) {
    return RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
  }

  private static String url(TestServer server) {
    return "redis://127.0.0.1:" + server.port();
  }

  private static ServerSocket local(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }
}
