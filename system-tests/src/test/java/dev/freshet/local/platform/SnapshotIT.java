package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.datadog.FakeDatadog;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.lambdas.OrderJson;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import dev.freshet.testing.EventJson;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Tests the artifacts with SnapStart: AWS's runtime interface client runs the hooks before a
 * snapshot, waits as it does in a snapshot, and continues. Only the snapshot itself is left out.
 */
@EnabledOnOs(OS.LINUX)
@Tag("verify")
class SnapshotIT {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  private static DeployedFunctions functions;
  private static StreamReader results;
  private static StreamReader deadLetters;

  private FunctionProcess process;

  @BeforeAll
  static void shareServers() {
    functions = DeployedFunctions.shared();
    results = functions.reader("feature-results");
    deadLetters = functions.reader("dead-letters");
  }

  @BeforeEach
  void forgetAll() throws IOException {
    functions.forgetAll();
    results.drain();
    deadLetters.drain();
  }

  @AfterEach
  void stopFunction() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void aGroupIsPrimedAndIsRightAfterwards() throws Exception {
    FunctionDefinition function = functions.named("city-demand");
    prepare(function, Map.of());

    assertThat(process.log()).contains("\"request_id\":\"priming-1\"").doesNotContain("WARN");
    assertThat(process.connections()).isEmpty();
    assertThat(results.drain()).isEmpty();
    assertThat(deadLetters.drain()).isEmpty();
    assertThat(functions.executions().executions()).isZero();

    process.restore();
    assertThat(invoke(orderCreated(function, "c1"))).isEqualTo(ALL_DONE);

    assertThat(results.drain())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.get("featureGroup").asText()).isEqualTo("city_demand");
              assertThat(result.get("key").asText()).isEqualTo("c1");
              assertThat(result.at("/features/created_1m").asInt()).isOne();
            });
    assertThat(functions.executions().executions()).isOne();
    assertThat(process.connections()).isNotEmpty();
  }

  @Test
  void theSubscriberIsPrimedAndIsRightAfterwards() throws Exception {
    FunctionDefinition function = functions.named("feature-store-subscriber");
    prepare(function, Map.of());
    assertThat(process.log()).contains("\"stored\":1").doesNotContain("WARN");
    assertThat(process.connections()).isEmpty();

    process.restore();
    String result =
        "{\"featureGroup\":\"store_orders\",\"dimension\":\"store\",\"key\":\"45\",\"version\":7,"
            + "\"computedAt\":1790000000000,\"eventTime\":1790000000000,\"validUntil\":null,"
            + "\"trigger\":\"event\",\"features\":{\"unpicked\":3}}";
    assertThat(invoke(batch(function, "feature-results", result.getBytes(UTF_8))))
        .isEqualTo(ALL_DONE);

    try (FeatureStoreReader store = FeatureStoreReader.connect(functions.featureStoreUrl())) {
      assertThat(store.readAll("store", "45")).containsEntry("store_orders:unpicked", "3");
    }
    assertThat(deadLetters.drain()).isEmpty();
  }

  @Test
  void theWatchdogIsPrimedWithTheGroupsOfTheCatalogue() throws Exception {
    FunctionDefinition group = functions.named("city-demand");
    try (FunctionProcess running = functions.start(group)) {
      byte[] event = orderCreated(group, "c2");
      assertThat(running.invoke(event, "first")).asString().isEqualTo(ALL_DONE);
    }
    assertThat(functions.executions().executions()).isOne();
    results.drain();

    prepare(functions.named("recalculation-watchdog"), Map.of());
    assertThat(process.log())
        .contains("\"feature_group\":\"city_demand@priming\"")
        .doesNotContain("WARN");
    assertThat(process.connections()).isEmpty();
    assertThat(functions.executions().executions()).isOne();

    process.restore();
    assertThat(invoke("{}".getBytes(UTF_8))).isEqualTo("\"watched 3 feature groups\"");
    assertThat(functions.executions().executions()).isOne();
  }

  @Test
  void theRecalculationIsPrimedWithTheGroupsOfTheCatalogue() throws Exception {
    FunctionDefinition group = functions.named("city-demand");
    try (FunctionProcess running = functions.start(group)) {
      byte[] event = orderCreated(group, "c3");
      assertThat(running.invoke(event, "first")).asString().isEqualTo(ALL_DONE);
    }
    results.drain();

    prepare(functions.named("recalculation"), Map.of());
    assertThat(process.log())
        .contains("\"feature_group\":\"city_demand@priming\"")
        .doesNotContain("WARN");
    assertThat(process.connections()).isEmpty();
    assertThat(results.drain()).isEmpty();

    process.restore();
    String wakeUp =
        """
        {"featureGroup":"city_demand","token":"none","execution":"none","wakeAt":"2026-01-01T00:00:00Z",\
        "laps":0,"pending":true}""";
    assertThat(invoke(wakeUp.getBytes(UTF_8))).contains("\"laps\":1", "\"pending\":false");
  }

  @Test
  @Tag("nightly")
  void instancesOfOneSnapshotHaveDifferentNames() throws Exception {
    FunctionDefinition function = functions.named("courier-accept-time");
    try (FakeDatadog intake = new FakeDatadog()) {
      prepare(function, Map.of("DD_API_KEY", "a-key", "DD_URL", intake.url()));
      assertThat(intake.targets()).isEmpty();
      process.restore();
      while (intake.targets().isEmpty()) {
        assertThat(invoke(batch(function, "order-delivered", "x".getBytes(UTF_8))))
            .isEqualTo(ALL_DONE);
      }
      assertThat(intake.tags())
          .filteredOn(tag -> tag.startsWith("instance:"))
          .isNotEmpty()
          .doesNotContain("instance:none", "instance:local");
    }
  }

  @Test
  void aFunctionThatCannotPrimeStartsAnyway() throws Exception {
    FunctionDefinition function = functions.named("city-demand");
    prepare(function, Map.of("STATE_STORE_URL", "redis://127.0.0.1:1"));
    assertThat(process.log()).contains("WARN");

    process.restore();
    assertThat(invoke(orderCreated(function, "c4"))).contains("\"itemIdentifier\"");
  }

  private void prepare(FunctionDefinition function, Map<String, String> environment) {
    process = functions.start(function, environment, Launch.SNAPSHOT);
    process.awaitSnapshot();
  }

  private String invoke(byte[] event) {
    return new String(process.invoke(event, "first"), UTF_8);
  }

  private static byte[] orderCreated(FunctionDefinition function, String city) throws IOException {
    byte[] event =
        OrderJson.event("ORDER_CREATED", "created-in-" + city, CLOCK.millis())
            .with("cityCode", EventJson.quoted(city))
            .bytes();
    return batch(function, "order-created", event);
  }

  private static byte[] batch(FunctionDefinition function, String stream, byte[] data)
      throws IOException {
    return KinesisEvents.of(DeployedFunctions.ACCOUNT, function.name(), stream, List.of(data));
  }
}
