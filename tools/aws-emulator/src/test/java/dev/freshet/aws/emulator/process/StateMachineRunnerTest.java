package dev.freshet.aws.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.template.StateMachineDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** The deployed definition of the recalculation, with a function that the test makes up. */
@Tag("verify")
class StateMachineRunnerTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String ARN =
      "arn:aws:states:eu-central-1:000000000000:stateMachine:recalculation";

  /** What the function was called with, and when. */
  private record Call(JsonNode event, Instant at) {}

  @TempDir private Path folder;

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int pendingUntilCall = 1;
  private StateMachineRunner runner;
  private SfnClient client;

  @BeforeEach
  void start() throws IOException {
    runner =
        StateMachineRunner.start(
            List.of(new StateMachineDefinition("recalculation", ARN, definition())),
            Map.of("freshet-local-recalculation", this::answer),
            ROOT,
            folder);
    System.setProperty("aws.endpointUrlSfn", runner.endpoint().toString()); // as functions get it
    client =
        SfnClient.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.endpointUrlSfn");
    client.close();
    runner.close();
  }

  @Test
  void callsTheFunctionWithItsInputNotBeforeTheInstant() throws IOException {
    Instant wakeAt = CLOCK.instant().plusMillis(700).truncatedTo(ChronoUnit.MILLIS);
    String input = input(wakeAt);

    awaitSuccess(start("a", input));

    assertThat(calls).hasSize(1);
    JsonNode event = calls.get(0).event();
    JSON.readTree(input)
        .properties()
        .forEach(each -> assertThat(event.get(each.getKey())).isEqualTo(each.getValue()));
    assertThat(event.get("Name").asText()).isEqualTo("a");
    assertThat(calls.get(0).at()).isAfterOrEqualTo(wakeAt);
  }

  @Test
  void goesOnWhileSomethingIsPending() {
    pendingUntilCall = 3;

    String execution = start("a", input(CLOCK.instant()));
    awaitSuccess(execution);

    assertThat(calls).extracting(call -> call.event().get("laps").asInt()).containsExactly(0, 1, 2);
    assertThat(client.describeExecution(call -> call.executionArn(execution)).output())
        .contains("\"pending\":false", "\"laps\":3");
    assertCounters(1, 0, 10, 3, 0);
  }

  @Test
  void triesAFailingFunctionAgain() {
    failures.set(2);

    awaitSuccess(start("a", input(CLOCK.instant())));

    assertThat(calls).hasSize(3);
    assertCounters(1, 0, 6, 3, 2);
  }

  @Test
  void continuesAsANewExecutionAfterManyLaps() {
    pendingUntilCall = 10;

    awaitSuccess(start("a", input(CLOCK.instant())));
    Await.until("end", () -> calls.size() == 10 && runner.counters().running() == 0);

    assertThat(calls)
        .extracting(call -> lapsBefore(call.event()))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1);
    assertThat(calls.subList(1, 10))
        .allSatisfy(call -> assertThat(call.event().get("ranges").asInt()).isEqualTo(4));
    assertThat(client.listExecutions(call -> call.stateMachineArn(ARN)).executions())
        .hasSize(3)
        .extracting(ExecutionListItem::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void continuesOnceIfItsSuccessorHasBeenAndGone() {
    pendingUntilCall = 5;
    String input = input(CLOCK.instant());
    awaitSuccess(start("a", input));
    Await.until("end", () -> calls.size() == 5 && runner.counters().running() == 0);
    String successor =
        client.listExecutions(call -> call.stateMachineArn(ARN)).executions().get(0).name();
    runner.stopAll();
    start(successor, input);
    Await.until("end", () -> runner.counters().running() == 0);
    calls.clear();

    awaitSuccess(start("a", input));

    assertThat(calls).hasSize(4);
    assertThat(runner.counters().executions()).isEqualTo(2);
  }

  @Test
  void takesTheSameStartTwiceOnlyWhileItRuns() {
    String input = input(CLOCK.instant().plusSeconds(60));
    String execution = start("a", input);

    assertThat(start("a", input)).isEqualTo(execution);
    assertThatThrownBy(() -> start("a", "{}")).isInstanceOf(ExecutionAlreadyExistsException.class);

    client.stopExecution(call -> call.executionArn(execution));
    assertThat(status(execution)).isEqualTo(ExecutionStatus.ABORTED);
    assertThatThrownBy(() -> start("a", input)).isInstanceOf(ExecutionAlreadyExistsException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void doesNotKnowAnotherStateMachine() {
    assertThatThrownBy(() -> client.startExecution(call -> call.stateMachineArn(ARN + "x")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
  }

  @Test
  void stopsAndForgetsAll() {
    String input = input(CLOCK.instant().plusSeconds(60));
    start("a", input);
    failures.set(Integer.MAX_VALUE);
    start("b", input(CLOCK.instant()));
    Await.until("a retry", () -> calls.size() >= 2);

    runner.stopAll();

    int before = calls.size();
    assertCounters(0, 0, 0, 0, 0);
    start("a", input);
    assertThat(client.listExecutions(call -> call.stateMachineArn(ARN)).executions()).hasSize(1);
    assertThat(calls).hasSize(before);
  }

  /** The definition in the repository, with the function's ARN and few laps an execution. */
  private static String definition() throws IOException {
    String text =
        Files.readString(ROOT.resolve("stepfunctions/src/main/asl/recalculation.asl.json"));
    String function = "{ \"Fn::GetAtt\": [\"recalculation\", \"Arn\"] }";
    assertThat(text).contains(function, " 2000,");
    return text.replace(
            function,
            "\"arn:aws:lambda:eu-central-1:000000000000:function:freshet-local-recalculation\"")
        .replace(" 2000,", " 4,");
  }

  private static String input(Instant wakeAt) {
    return "{\"featureGroup\":\"example\",\"token\":\"t\",\"wakeAt\":\"%s\",\"laps\":0}"
        .formatted(wakeAt); // as it was before there were ranges
  }

  private String start(String name, String input) {
    return client
        .startExecution(call -> call.stateMachineArn(ARN).name(name).input(input))
        .executionArn();
  }

  private void assertCounters(
      long executions, long running, long transitions, long calls, long errors) {
    StateMachineCounters counted = runner.counters();
    assertThat(counted)
        .isEqualTo(
            new StateMachineCounters(
                executions, running, transitions, calls, errors, counted.longestCallMillis()));
    assertThat(counted.longestCallMillis() > 0).isEqualTo(calls > 0);
  }

  private ExecutionStatus status(String execution) {
    return client.describeExecution(call -> call.executionArn(execution)).status();
  }

  private void awaitSuccess(String execution) {
    Await.until("success", () -> status(execution) == ExecutionStatus.SUCCEEDED);
  }

  private byte[] answer(byte[] eventJson, String requestId) {
    JsonNode event = read(eventJson);
    calls.add(new Call(event, CLOCK.instant()));
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new FunctionFailedException("it failed", new IllegalStateException("broken"));
    }
    return next(event).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(byte[] eventJson) {
    try {
      return JSON.readTree(eventJson);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers like the function: another execution begins to count its laps. */
  private String next(JsonNode event) {
    String name = event.get("Name").asText();
    return JSON.createObjectNode()
        .put("range", 1)
        .put("ranges", 4)
        .put("execution", name)
        .put("wakeAt", CLOCK.instant().toString())
        .put("laps", lapsBefore(event) + 1)
        .put("pending", calls.size() < pendingUntilCall)
        .toString();
  }

  private static int lapsBefore(JsonNode event) {
    return event.get("Name").equals(event.get("execution")) ? event.get("laps").asInt() : 0;
  }
}
