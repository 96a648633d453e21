package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.ScheduleDefinition;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Functions that state machines and schedules call. */
class CallsOfFunctionsTest {

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

  @Test
  void callsAFunctionAgainAndAgainAlsoAfterAFailure() throws InterruptedException, IOException {
    BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    FunctionInvoker function =
        (event, requestId) -> {
          events.add(event);
          throw new FunctionFailedException("fails", new IllegalStateException("why"));
        };
    var schedule = new ScheduleDefinition("EveryMinute", "watchdog", Duration.ofMillis(5));
    Schedules schedules =
        Schedules.start(
            List.of(schedule),
            Map.of("watchdog", function),
            new AwsAccount("eu-central-1", "000000000000"),
            () -> Instant.parse("2026-11-23T10:11:00.123Z"));
    try {
      assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull();
      JsonNode second = JSON.readTree(new String(events.poll(10, TimeUnit.SECONDS), UTF_8));

      assertThat(second.get("source").asText()).isEqualTo("aws.events");
      assertThat(second.get("time").asText()).isEqualTo("2026-11-23T10:11:00Z");
      assertThat(second.get("resources").get(0).asText())
          .isEqualTo("arn:aws:events:eu-central-1:000000000000:rule/EveryMinute");
    } finally {
      schedules.close();
    }
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
