package dev.freshet.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.Trigger;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Tests that priming only opens connections to AWS: each request that arrives there is empty. */
@Tag("verify")
class PrimingHttpTest {

  private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:dd";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("aws.region", "eu-central-1", "aws.accessKeyId", "any", "aws.secretAccessKey", "any");
  private static final Settings SETTINGS =
      new Settings(name -> name.equals("RESULTS_STREAM") ? "results" : null);

  /** Method, path, authorization, connection and length of the body. */
  private static final String NOTHING = "GET / null close 0";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer aws;

  @BeforeEach
  void start() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext("/", this::refuse);
    aws.start();
    ENVIRONMENT.forEach(System::setProperty);
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + aws.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    aws.stop(0);
    ENVIRONMENT.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
    System.clearProperty("aws.cborEnabled");
  }

  @ParameterizedTest(name = "cborEnabled={0}")
  @ValueSource(strings = {"true", "false"})
  void resultsGoNowhereAndAreAcknowledged(String isCbor) {
    System.setProperty("aws.cborEnabled", isCbor);
    assertThat(unacknowledged()).isZero();
    assertThat(requests).isNotEmpty().containsOnly(NOTHING);
  }

  @Test
  void noSecretIsRead() {
    assertThat(unacknowledged())
        .isZero(); // loads classes first, which may take longer than the 2 s timeout of a secret
    requests.clear();
    Secret secret = new Secret(SECRET, new PrimingHttp(UrlConnectionHttpClient.create()));
    assertThat(secret.get()).isEqualTo("any");
    assertThat(requests).isNotEmpty().containsOnly(NOTHING);
  }

  @Test
  void noConnectionStaysOpen() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + door.getLocalPort());
      CompletableFuture<Integer> priming =
          CompletableFuture.supplyAsync(PrimingHttpTest::unacknowledged);
      try (Socket visitor = door.accept()) {
        visitor.setSoTimeout(30_000);
        visitor
            .getOutputStream()
            .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\n\r\nrefused".getBytes(UTF_8));
        assertThat(visitor.getInputStream().readAllBytes()).isNotEmpty(); // up to the end
      }
      assertThat(priming.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void primingContinuesWhenNoConnectionOpens() {
    aws.stop(0);
    assertThat(unacknowledged()).isZero();
  }

  @Test
  void lettersThatWaitStayWhereTheyAre() {
    String stream = "letters-" + UUID.randomUUID();
    Settings settings = new Settings(name -> name.equals("DEAD_LETTER_STREAM") ? stream : null);
    byte[] waiting = ("letters:{" + stream + "}").getBytes(UTF_8);
    try (Redis redis = TestRedis.connect();
        Clients clients = Clients.forPriming(settings)) {
      redis.ask(commands -> commands.rpush(waiting, new byte[] {0, 1, 'k', 'd'}));

      assertThat(clients.deadLetters(redis).put(List.of()).isEmpty()).isTrue();

      long left = redis.ask(commands -> commands.llen(waiting));
      assertThat(left).isOne();
      assertThatThrownBy(() -> clients.waitingLetters(redis)).hasMessageContaining("priming");
    }
  }

  @Test
  void whatPrimingWritesIntoTheFeatureStoreExpiresSoon() {
    Map<String, String> direct =
        Map.of(
            "RESULTS_STREAM", "results",
            "FEATURE_STORE_WRITES", "direct",
            "FEATURE_STORE_URL", TestRedis.url());
    String entity = UUID.randomUUID().toString();
    try (Redis redis = TestRedis.connect();
        Clients clients = Clients.forPriming(new Settings(direct::get))) {
      assertThat(clients.results().put(List.of(result(entity))).isEmpty()).isTrue();

      byte[] key = ("features:any:" + entity).getBytes(UTF_8);
      long millis = redis.ask(commands -> commands.pttl(key));
      assertThat(millis).isBetween(1L, 60_000L);
    }
    assertThat(requests).isNotEmpty().containsOnly(NOTHING);
  }

  @Test
  void anotherWayToWriteTheFeatureStoreIsRejected() {
    Settings settings = new Settings(name -> name.equals("FEATURE_STORE_WRITES") ? "both" : null);
    assertThatThrownBy(settings::writesDirectly)
        .hasMessage("FEATURE_STORE_WRITES must be stream or direct, not 'both'");
  }

  private static int unacknowledged() {
    try (Clients clients = Clients.forPriming(SETTINGS)) {
      return clients.results().put(List.of(result("1"))).cardinality();
    }
  }

  private static FeatureResult result(String entity) {
    return new FeatureResult(
        "any", "any", entity, 1, 1, 1, OptionalLong.empty(), Trigger.EVENT, List.of());
  }

  private void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          "%s %s %s %s %d"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  exchange.getRequestHeaders().getFirst("Connection"),
                  exchange.getRequestBody().readAllBytes().length));
      exchange.sendResponseHeaders(403, -1);
    }
  }
}
