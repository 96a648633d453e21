package dev.freshet.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import io.lettuce.core.RedisFuture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests the test servers themselves, as processes and in containers. */
@Tag("containers")
@Tag("verify")
class TestServerTest {

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer("maxmemory-policy noeviction");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void itsSettingsAreItsOwn() {
    try (Redis redis = connect()) {
      Map<String, String> policy = redis.ask(commands -> commands.configGet("maxmemory-policy"));
      assertThat(policy).containsEntry("maxmemory-policy", "noeviction");
    }
  }

  @Test
  void itStartsAgainAtItsPortWithoutData() {
    try (Redis redis = connect()) {
      assertThat(redis.<String>ask(commands -> commands.set(key(), key()))).isEqualTo("OK");
    }
    server.stop();
    isGone();
    server.start();
    try (Redis redis = connect()) {
      assertThat(redis.<Long>ask(commands -> commands.dbsize())).isZero();
    }
  }

  @Test
  void itIsGoneOnceKilled() {
    server.kill();
    isGone();
  }

  @Test
  void itAnswersNothingWhileItIsSuspended() {
    try (Redis redis = connect()) {
      assertThat(redis.<String>ask(commands -> commands.set(key(), key()))).isEqualTo("OK");
      server.suspend();
      RedisFuture<Long> size = redis.pipeline(commands -> commands.dbsize());
      boolean answered = redis.await(size, System.nanoTime() + Duration.ofMillis(300).toNanos());
      server.resume();
      assertThat(answered).isFalse();
      assertThat(redis.<Long>ask(commands -> commands.dbsize())).isEqualTo(1);
    }
  }

  /** Nothing else has a number 1 of its own. */
  @Test
  @EnabledIfSystemProperty(named = "freshet.containers", matches = "true")
  void itRunsInAContainerIfConfigured() {
    try (Redis redis = connect()) {
      assertThat(redis.<String>ask(commands -> commands.info("server")).lines())
          .contains("process_id:1");
    }
  }

  private Redis connect() {
    return server.connect(Duration.ofSeconds(30));
  }

  private void isGone() {
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close());
  }

  private static byte[] key() {
    return new byte[] {1};
  }
}
