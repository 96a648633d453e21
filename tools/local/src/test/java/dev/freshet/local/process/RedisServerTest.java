package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.process.Await;
import dev.freshet.aws.emulator.process.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("verify")
class RedisServerTest {

  private static final String OPTION = "--feature-store-port";

  @TempDir private Path folder;

  @Test
  void startsAnswersAndStops() throws IOException {
    int port = Await.freePort();
    RedisServer server = RedisServer.start("feature-store", port, OPTION, folder);

    assertThat(server.url()).isEqualTo("redis://127.0.0.1:" + port);
    try (RedisClient client = RedisClient.create(server.url());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().set("key", "value")).isEqualTo("OK");
      assertThat(connection.sync().configGet("save")).containsEntry("save", "");
      assertThat(connection.sync().configGet("bind")).containsEntry("bind", "127.0.0.1");
    }

    server.close();
    assertThat(Await.isGone(server.process().pid())).isTrue();
    assertThat(folder.resolve("feature-store")).isEmptyDirectory();
    Ports.requireFree(port, OPTION);
  }

  @Test
  void twoRunSideBySide() throws IOException {
    try (RedisServer one = RedisServer.start("one", Await.freePort(), OPTION, folder);
        RedisServer two = RedisServer.start("two", Await.freePort(), OPTION, folder)) {
      assertThat(one.url()).isNotEqualTo(two.url());
    }
  }

  @Test
  void doesNotStartOnATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> RedisServer.start("feature-store", port, OPTION, folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("port " + port + " is taken: ");
    }
  }
}
