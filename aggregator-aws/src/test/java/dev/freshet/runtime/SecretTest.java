package dev.freshet.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** A secret is read from the API of Secrets Manager, over HTTP. */
class SecretTest {

  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:dd";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("aws.region", "eu-central-1", "aws.accessKeyId", "any", "aws.secretAccessKey", "any");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer secretsManager;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    secretsManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secretsManager.createContext("/", this::answer);
    secretsManager.start();
    ENVIRONMENT.forEach(System::setProperty);
    System.setProperty(
        "aws.endpointUrlSecretsManager",
        "http://127.0.0.1:" + secretsManager.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    secretsManager.stop(0);
    ENVIRONMENT.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrlSecretsManager");
  }

  @Test
  void aSecretIsReadOnce() {
    Secret secret = new Secret(ARN, UrlConnectionHttpClient.create());
    assertThat(requests).as("before it is needed").isEmpty();
    assertThat(secret.get()).isEqualTo("the-key");
    assertThat(secret.get()).isEqualTo("the-key");
    assertThat(requests)
        .containsExactly("secretsmanager.GetSecretValue {\"SecretId\":\"" + ARN + "\"}");
  }

  @Test
  void aSecretThatCannotBeReadNowIsReadLater() {
    Secret secret = new Secret(ARN, UrlConnectionHttpClient.create());
    status = 400;
    assertThatThrownBy(secret::get).isInstanceOf(SdkException.class);
    status = 200;
    assertThat(secret.get()).isEqualTo("the-key");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
      byte[] answer =
          (status == 200 ? "{\"SecretString\":\"the-key\"}" : "{\"__type\":\"Denied\"}")
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
