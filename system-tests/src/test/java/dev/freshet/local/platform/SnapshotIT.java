package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.datadog.FakeDatadog;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import java.util.List;
import java.util.Map;
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
class SnapshotIT extends ArtifactSetUp {

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
    doesAllOf(orderCreated(function, "c1", CLOCK.instant()));

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
    assertThat(process.log()).contains("\"results\":1").doesNotContain("WARN");
    assertThat(process.connections()).isEmpty();

    process.restore();
    doesAllOf(unpickedResult(function));

    try (FeatureStoreReader store = FeatureStoreReader.connect(functions.featureStoreUrl())) {
      assertThat(store.readAll("store", "45")).containsEntry("store_orders:unpicked", "3");
    }
    assertThat(deadLetters.drain()).isEmpty();
  }

  @Test
  void theWatchdogIsPrimedWithTheGroupsOfTheCatalogue() throws Exception {
    FunctionDefinition group = functions.named("city-demand");
    try (FunctionProcess running = functions.start(group)) {
      doesAllOf(running, orderCreated(group, "c2", CLOCK.instant()));
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
    assertThat(invoke("{}".getBytes(UTF_8))).isEqualTo(DeployedFunctions.WATCHED_ALL);
    assertThat(functions.executions().executions()).isOne();
  }

  @Test
  void theRecalculationIsPrimedWithTheGroupsOfTheCatalogue() throws Exception {
    FunctionDefinition group = functions.named("city-demand");
    try (FunctionProcess running = functions.start(group)) {
      doesAllOf(running, orderCreated(group, "c3", CLOCK.instant()));
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
        doesAllOf(batch(function, "order-delivered", List.of("x".getBytes(UTF_8))));
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
    assertThat(invoke(orderCreated(function, "c4", CLOCK.instant())))
        .contains("\"itemIdentifier\"");
  }

  private void prepare(FunctionDefinition function, Map<String, String> environment) {
    process = functions.start(function, environment, Launch.SNAPSHOT);
    process.awaitSnapshot();
  }
}
