package dev.freshet.aws.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionCallbacksTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FunctionInvoker ECHO = (event, requestId) -> event;
  private static final FunctionInvoker BROKEN =
      (event, requestId) -> {
        throw new FunctionFailedException("broken failed", new IllegalStateException("why"));
      };

  @Test
  void answersWithWhatTheFunctionAnswered() throws Exception {
    HttpResponse<String> response = post("echo");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void tellsTheErrorOfAFunctionAsLambdaDoes() throws Exception {
    HttpResponse<String> response = post("broken");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(JSON.readTree(response.body()))
        .isEqualTo(
            JSON.readTree(
                "{\"errorType\":\"java.lang.IllegalStateException\","
                    + "\"errorMessage\":\"broken failed\"}"));
  }

  @Test
  void saysWhichFunctionIsMissing() throws Exception {
    assertThat(post("other").body()).contains("Function not found: other");
  }

  private static HttpResponse<String> post(String function)
      throws IOException, InterruptedException {
    try (FunctionCallbacks callbacks =
        FunctionCallbacks.start(Map.of("echo", ECHO, "broken", BROKEN))) {
      HttpRequest request =
          HttpRequest.newBuilder(callbacks.endpoint().resolve("/functions/" + function))
              .POST(BodyPublishers.ofString("{\"a\":1}"))
              .build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
  }
}
