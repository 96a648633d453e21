package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.console.ProjectFolders;
import dev.freshet.console.StageConsole;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.redis.Redis;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Tests the console of a stage, with the local platform as the stage, and a CloudWatch over HTTP.
 */
@Tag("verify")
class StageConsoleIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOSTILE = "<img src=x onerror=\\\"document.title=1\\\">";

  /** The calls of AWS that the console made. */
  private final Set<String> calls = ConcurrentHashMap.newKeySet();

  @Test
  void showsAStageAndChangesNothing() throws Exception {
    Browser browser = Browser.require();
    Map<String, Double> metrics =
        Map.of(
            "IncomingRecords order-created", 3_600.0,
            "Invocations freshet-local-store-orders", 600.0,
            "Errors freshet-local-store-orders", 2.0,
            "IteratorAge freshet-local-store-orders", 4_000.0);
    try (TestPlatform platform = new TestPlatform();
        FakeCloudWatch cloudWatch = new FakeCloudWatch(metrics);
        StageConsole console =
            console(browser.root(), "local", "", sources(platform.platform(), cloudWatch))) {
      platform.put(events().iterator());
      platform.awaitDone();
      long letters = platform.counters().deadLetters();

      assertThat(browser.look(console.address(), "stage"))
          .doesNotContain("FAILED")
          .contains("passed");

      assertThat(calls)
          .isNotEmpty()
          .allMatch(each -> each.matches("(Get|List|Describe)[A-Z].*"), "reads only");
      assertThat(platform.counters().deadLetters()).isEqualTo(letters);
    }
  }

  @Test
  void asksForTheMetricsOfTheStageAndSaysWhatIsNotKnown() throws Exception {
    Path root = Path.of("..").toRealPath();
    URI nowhere = URI.create("http://127.0.0.1:" + TestPlatform.freePort());
    try (FakeCloudWatch cloudWatch = new FakeCloudWatch(Map.of());
        StageConsole console =
            console(
                root,
                "dev",
                "dev-",
                new StageConsole.Sources(
                    client(KinesisClient.builder(), nowhere),
                    client(CloudWatchClient.builder(), cloudWatch.endpoint()),
                    client(SfnClient.builder(), nowhere),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))) {
      JsonNode flow = get(console, "flow").path("data");

      assertThat(cloudWatch.asked())
          .contains(
              "IncomingRecords dev-order-created",
              "IncomingRecords dev-dead-letters",
              "IteratorAge freshet-dev-store-orders",
              "Errors freshet-dev-feature-store-subscriber");
      assertThat(flow.path("eventsPerSecond").isNull()).isTrue();
      assertThat(flow.path("notKnown").findValuesAsText("what"))
          .contains("freshness", "late, skipped, invalid", "shards of order-created");
      assertThat(get(console, "entity").path("notKnown").asText()).contains("--feature-store URL");
      assertThat(get(console, "data").path("notKnown").asText()).contains("--feature-store URL");
      assertThat(get(console, "ledger").path("notKnown").asText()).contains("--state-store URL");
      assertThat(get(console, "audit").path("data").path("command").asText())
          .startsWith("./freshet audit --feature-store")
          .endsWith("--stream-prefix dev-");
      assertThat(get(console, "explain").path("notKnown").asText()).contains("--events");
      assertThat(get(console, "events").path("fault").asText()).isNotEmpty();
      assertThat(get(console, "time").path("fault").asText()).startsWith("Step Functions");
      assertThat(get(console, "cost").path("data").path("bill").isNull()).isTrue();
      assertThat(get(console, "site").path("data").path("isReadOnly").asBoolean()).isTrue();
      assertThat(redrive(console)).isEqualTo(404);
    }
  }

  private static int redrive(StageConsole console) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(console.address().resolve("/api/redrive?id=1"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static JsonNode get(StageConsole console, String page) throws IOException {
    try (InputStream body = console.address().resolve("/api/" + page).toURL().openStream()) {
      return JSON.readTree(body);
    }
  }

  private StageConsole console(
      Path root, String stage, String prefix, StageConsole.Sources sources) {
    return new StageConsole(
        new ProjectFolders(root, root), 0, stage, prefix, sources, TestPlatform.CLOCK);
  }

  private StageConsole.Sources sources(Platform platform, FakeCloudWatch cloudWatch) {
    return new StageConsole.Sources(
        client(KinesisClient.builder(), platform.kinesisEndpoint()),
        client(CloudWatchClient.builder(), cloudWatch.endpoint()),
        client(SfnClient.builder(), platform.stateMachineEndpoint()),
        Optional.of(FeatureStoreReader.connect(platform.featureStoreUrl())),
        Optional.of(Redis.at(platform.featureStoreUrl(), Duration.ofSeconds(2))),
        Optional.of(Redis.at(platform.stateStoreUrl(), Duration.ofSeconds(2))));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    ExecutionInterceptor recorder =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes about) {
            calls.add(about.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
          }
        };
    return LocalAws.client(
        builder.overrideConfiguration(change -> change.addExecutionInterceptor(recorder)),
        endpoint);
  }

  private static List<OutgoingEvent> events() {
    String now = TestPlatform.CLOCK.instant().toString();
    return List.of(
        ConsoleIT.created("e1", "45", now),
        ConsoleIT.created("e2", "45", now),
        ConsoleIT.created("e3", "45", now),
        ConsoleIT.created("e4", HOSTILE, now),
        ConsoleIT.created(HOSTILE, "45", Instant.MIN.toString()));
  }
}
