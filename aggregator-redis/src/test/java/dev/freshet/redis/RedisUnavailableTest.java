package dev.freshet.redis;

import static dev.freshet.redis.Availability.SHORT;
import static dev.freshet.redis.Availability.demand;
import static dev.freshet.redis.Availability.failsSoon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.state.StateStore;
import dev.freshet.testing.redis.TestRedis;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that an unreachable or silent store causes an exception in bounded time. */
@Timeout(50) // less than the client's own minute
@Tag("verify")
class RedisUnavailableTest {

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
  void aTimeoutOfTheClientReplacesTheConnection() {
    try (Redis redis = Redis.at(TestRedis.url(), Duration.ofSeconds(10))) {
      long before = redis.ask(commands -> commands.clientId());
      AsyncCommand<byte[], byte[], String> givenUp =
          new AsyncCommand<>(new Command<>(CommandType.PING, null));
      givenUp.completeExceptionally(new RedisCommandTimeoutException("no answer"));

      assertThat(redis.await(givenUp)).isFalse();

      assertThat(redis.<Long>ask(commands -> commands.clientId())).isNotEqualTo(before);
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

  private static ServerSocket local(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }
}
