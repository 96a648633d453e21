package dev.freshet.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.PartitionRange;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Tests that the API of executions costs bounded time if it is throttled, full or silent. */
@Tag("verify")
class StepFunctionsTest {

  private static final long NOON = Instant.parse("2026-09-21T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final String ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:any";

  private final HandClock clock = new HandClock(NOON);

  /** As the functions have it. */
  private final SdkHttpClient http = http(Duration.ofSeconds(5));

  private FakeStepFunctions server;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    server = new FakeStepFunctions();
    redis = TestRedis.connect();
    String unused = redis.ask(commands -> commands.flushall());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    System.setProperty("aws.endpointUrlSfn", server.endpoint());
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.endpointUrlSfn");
    server.close();
    redis.close();
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "ExecutionLimitExceeded"})
  void aRefusedStartFailsNoBatchAndIsMadeUpFor(String reason) {
    RangeTimer timer = timer();
    server.refuse(reason);
    timer.wakeFor(NOON + MINUTE);
    int calls = server.calls();
    assertThat(calls).isPositive();
    for (int batch = 0; batch < 5; batch++) {
      timer.wakeFor(NOON + MINUTE);
    }
    assertThat(server.calls()).as("the batches behind it do not pay").isEqualTo(calls);

    server.refuse("");
    clock.set(NOON + 5_000);
    timer.wakeFor(NOON + MINUTE);
    assertThat(server.started()).singleElement().asString().contains("2026-09-21T12:01:00Z");
  }

  @Test
  void anApiThatIsSilentFailsTheCall() {
    StepFunctions.ofEnvironment(ARN, http).start("before", "{}");
    server.beSilent();
    try (SdkHttpClient impatient = http(Duration.ofMillis(200))) {
      StepFunctions api = StepFunctions.ofEnvironment(ARN, impatient);
      assertThatExceptionOfType(SdkException.class).isThrownBy(() -> api.start("name", "{}"));
    }
  }

  private static SdkHttpClient http(Duration answerTimeout) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(2))
        .socketTimeout(answerTimeout)
        .build();
  }

  private RangeTimer timer() {
    return new RangeTimer(
        "g",
        PartitionRange.ALL,
        redis,
        StepFunctions.ofEnvironment(ARN, http),
        Duration.ofSeconds(1),
        clock,
        Metrics.NONE);
  }
}
