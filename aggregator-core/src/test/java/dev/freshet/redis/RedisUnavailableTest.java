package dev.freshet.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.bare;
import static dev.freshet.testing.TestEvents.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** A store that is away or silent makes an exception in bounded time, never a wait without end. */
@Timeout(20)
class RedisUnavailableTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  @Test
  void aServerThatIsNotThereIsReported() throws IOException {
    int port;
    try (ServerSocket socket = local(1)) {
      port = socket.getLocalPort();
    }
    try (Redis redis = Redis.at("redis://127.0.0.1:" + port, SHORT)) {
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
      failsSoon(store, "127.0.0.1:" + port);
    }
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsReported() throws IOException {
    try (ServerSocket socket = local(50);
        Redis redis = Redis.at("redis://127.0.0.1:" + socket.getLocalPort(), SHORT)) {
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
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
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
      failsSoon(store, "127.0.0.1:" + socket.getLocalPort());
    } finally {
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void aServerThatHangsIsReportedAndUsableAgainAfterwards() throws IOException {
    RedisServer server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.ports().get(0);
    try (Redis redis = Redis.at(url, SHORT);
        Redis other = Redis.at(url, Duration.ofSeconds(10))) {
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
      store.apply(change("key", bare("a", NOON)), NOON);
      assertThat(other.await(other.pipeline(commands -> commands.clientPause(1_500)))).isTrue();
      failsSoon(store, "did not answer in time");
      assertThat(other.await(other.pipeline(commands -> commands.ping()))).isTrue();
      assertThat(store.apply(change("key", bare("b", NOON)), NOON)).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatStopsIsReported() throws IOException {
    RedisServer server = TestRedis.startServer();
    try (Redis redis = Redis.at("redis://127.0.0.1:" + server.ports().get(0), SHORT)) {
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
      store.apply(change("key", bare("a", NOON)), NOON);
      server.stop();
      failsSoon(store, "127.0.0.1:" + server.ports().get(0));
      failsSoon(store, "127.0.0.1:" + server.ports().get(0));
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
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
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

  @Test
  void whatIsNoRedisUrlIsRejectedWithoutRepeatingItsPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Redis.at("http://user:secret@host", SHORT))
        .withMessageContaining("redis://host:port")
        .withMessageNotContaining("secret")
        .withNoCause();
    assertThat(Redis.at("redis://user:secret@host:1", SHORT)).hasToString("[host:1]");
  }

  private static void failsSoon(StateStore store, String mentions) {
    long start = System.nanoTime();
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> store.apply(change("key", bare("a", NOON)), NOON))
        .withMessageContaining(mentions);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(8));
  }

  private static ServerSocket local(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }
}
