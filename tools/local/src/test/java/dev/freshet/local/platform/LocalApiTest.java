package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalApiTest {

  private final LocalApi api = LocalApi.start(0, null, () -> Instant.EPOCH);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void onlyThisMachineIsAnswered() throws IOException {
    assertThat(answer("GET /api/counters", "evil.example")).startsWith("HTTP/1.1 403");
    assertThat(answer("GET /api/counters", "127.0.0.1.evil.example:80")).startsWith("HTTP/1.1 403");
    assertThat(answer("GET /other", "127.0.0.1")).startsWith("HTTP/1.1 404");
    assertThat(answer("GET /other", "localhost:4570")).startsWith("HTTP/1.1 404");
  }

  @Test
  void nothingCanBeChanged() throws IOException {
    assertThat(answer("POST /api/counters", "127.0.0.1")).startsWith("HTTP/1.1 405");
    assertThat(answer("DELETE /api/endpoints", "127.0.0.1")).startsWith("HTTP/1.1 405");
  }

  @Test
  void otherPathsSayWhichThereAre() throws IOException {
    assertThat(answer("GET /api/counters/more", "127.0.0.1"))
        .startsWith("HTTP/1.1 404")
        .contains("application/json")
        .endsWith("{\"error\":\"there are /api/counters and /api/endpoints\"}");
  }

  @Test
  void aPortInUseIsNamedWithItsOption() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LocalApi.start(api.endpoint().getPort(), null, () -> Instant.EPOCH))
        .withMessage(
            "port %d is in use: choose another with --api-port"
                .formatted(api.endpoint().getPort()));
  }

  private String answer(String request, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.endpoint().getPort())) {
      String text = "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(request, host);
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
