package dev.freshet.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {

  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private final Site site =
      new Site(
          "this machine",
          Map.of(
              "echo", parameters -> parameters,
              "broken", parameters -> fail("the store does not answer"),
              "elsewhere", ConsoleServerTest::notKnown),
          Map.of(),
          Map.of("redrive", parameters -> "done"),
          Map.of("counters", () -> Map.of("events", 7), "gone", () -> fail("it has stopped")));

  private final ConsoleServer server = ConsoleServer.start(0, Path.of("."), site);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void onlyThisMachineIsAnswered() throws IOException {
    for (String path : new String[] {"/", "/app.js", "/api/counters", "/api/echo", "/live/echo"}) {
      assertThat(answer("GET " + path, "evil.example")).startsWith("HTTP/1.1 403");
      assertThat(answer("GET " + path, "127.0.0.1.evil.example:80")).startsWith("HTTP/1.1 403");
    }
    assertThat(answer("GET /api/counters", "localhost:4570")).startsWith("HTTP/1.1 200");
  }

  @Test
  void pagesOfOtherOriginsAreRefused() throws IOException {
    String own = "127.0.0.1:" + server.address().getPort();
    assertThat(answer("POST /api/redrive", own, "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("done");
    assertThat(answer("POST /api/redrive", own, "Origin: null")).startsWith("HTTP/1.1 403");
    assertThat(answer("POST /api/redrive", own, "Origin: http://" + own)).contains("done");
  }

  @Test
  void everyAnswerForbidsForeignAndInlineScripts() throws IOException {
    Stream.of("/", "/app.js", "/api/echo", "/api/counters", "/nothing", "/live/nothing")
        .map(this::get)
        .forEach(
            answer ->
                assertThat(answer)
                    .containsIgnoringCase(
                        "Content-Security-Policy: default-src 'none'; script-src 'self'")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .doesNotContain("unsafe"));
  }

  @Test
  void hostileTextsAreJson() throws IOException {
    assertThat(get("/api/echo?id=%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E"))
        .containsIgnoringCase("Content-Type: application/json")
        .contains("{\"data\":{\"id\":\"" + HOSTILE + "\"}}");
  }

  @Test
  void faultsAndWhatIsNotKnownAreData() {
    assertThat(get("/api/broken"))
        .startsWith("HTTP/1.1 200")
        .contains("{\"fault\":\"the store does not answer\"}");
    assertThat(get("/api/elsewhere")).contains("{\"notKnown\":\"name the store\"}");
  }

  @Test
  void documentsAreAsTheyAreForPrograms() throws IOException {
    assertThat(get("/api/counters"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Content-Type: application/json")
        .contains("{\"events\":7}");
    assertThat(get("/api/gone"))
        .startsWith("HTTP/1.1 503")
        .contains("{\"error\":\"it has stopped\"}");
    assertThat(answer("POST /api/counters", "127.0.0.1")).startsWith("HTTP/1.1 405");
    assertThat(answer("DELETE /api/counters", "127.0.0.1")).startsWith("HTTP/1.1 405");
    assertThat(get("/api/counters/more")).startsWith("HTTP/1.1 404").contains("\"error\"");
  }

  @Test
  void thePagesAreInTheOrderOfTheNavigation() throws IOException {
    assertThat(get("/api/site")).contains("\"isReadOnly\":false", "\"subject\":\"this machine\"");
    assertThat(get("/live/nothing")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aPortInUseIsNamedWithItsOption() {
    int port = server.address().getPort();
    assertThatIllegalStateException()
        .isThrownBy(() -> ConsoleServer.start(port, Path.of("."), site))
        .withMessage(
            "port %d is taken: stop what listens there or choose another with --console-port"
                .formatted(port));
  }

  private static Map<String, Object> fail(String message) {
    throw new IllegalStateException(message);
  }

  private static Object notKnown(Map<String, String> parameters) {
    throw new NotKnownException("name the store");
  }

  private String get(String path) {
    try {
      return answer("GET " + path, "127.0.0.1");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String answer(String request, String host, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      String text =
          "%s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
              .formatted(
                  request,
                  host,
                  String.join("", Stream.of(headers).map(each -> each + "\r\n").toList()));
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
