package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.aws.emulator.template.ScheduleDefinition;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.definition.Catalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the service that {@code local} runs. */
@Tag("verify")
class ServerlessDescriptorTest {

  private static final String FUNCTION = "freshet-local-";

  private static final String STATE_MACHINE = "freshet-local-recalculation";
  private static final String STATE_MACHINE_ARN =
      "arn:aws:states:eu-central-1:000000000000:stateMachine:" + STATE_MACHINE;

  private static DeployedTemplate template;

  @BeforeAll
  static void packageService() {
    template = DeployedTemplate.read(PackagedProject.of("local"));
  }

  @Test
  void hasTheStreamsOfTheContractAndEveryOtherThatIsRead() {
    assertThat(template.streams())
        .contains(
            new StreamDefinition("order-created", 2),
            new StreamDefinition("order-accepted", 2),
            new StreamDefinition("order-picked", 2),
            new StreamDefinition("order-delivered", 2),
            new StreamDefinition("order-cancelled", 2),
            new StreamDefinition("feature-results", 2),
            new StreamDefinition("dead-letters", 1))
        .extracting(StreamDefinition::name)
        .containsAll(Declared.streams())
        .hasSize(Declared.streams().size() + 2);
  }

  @Test
  void hasAFunctionForEachGroupOfTheCatalogue() {
    assertThat(Declared.groups()).containsExactlyInAnyOrderElementsOf(Catalogue.load().groups());
  }

  @Test
  void mapsEveryFunctionToTheStreamsOfTheEventsItReads() {
    List<String> expected =
        new ArrayList<>(List.of(FUNCTION + "feature-store-subscriber feature-results"));
    for (Declared.Deployed each : Declared.AGGREGATORS) {
      Declared.streams(each)
          .forEach(stream -> expected.add(FUNCTION + each.function() + " " + stream));
    }
    assertThat(expected)
        .contains(
            FUNCTION + "courier-accept-time order-delivered",
            FUNCTION + "store-orders order-cancelled");

    assertThat(template.mappings())
        .extracting(mapping -> mapping.function() + " " + mapping.stream())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void neverLetsABatchBlockItsShardForEver() {
    assertThat(template.mappings())
        .allSatisfy(
            mapping ->
                assertThat(mapping)
                    .isEqualTo(
                        new MappingDefinition(
                            mapping.function(),
                            mapping.stream(),
                            500,
                            Duration.ZERO,
                            2,
                            true,
                            100,
                            Optional.of(Duration.ofHours(6)),
                            true,
                            Optional.of(
                                "arn:aws:sqs:eu-central-1:000000000000:discarded-batches"))));
  }

  @Test
  void givesEachFunctionItsJarAndSettings() {
    Map<String, String> shared =
        Map.of(
            "RESULTS_STREAM", "feature-results",
            "DEAD_LETTER_STREAM", "dead-letters",
            "DD_SITE", "datadoghq.com",
            "DD_ENV", "local",
            "LOG_LEVEL", "info",
            "JAVA_TOOL_OPTIONS", "-Xmn32m",
            "RECALCULATION_STATE_MACHINE_ARN", STATE_MACHINE_ARN);

    assertThat(template.functions())
        .hasSize(Declared.FUNCTIONS)
        .allSatisfy(
            function -> {
              String name = function.name().substring(FUNCTION.length());
              boolean hasHistory = Declared.HISTORY.contains(name);
              boolean readsBoth = name.equals("recalculation-watchdog");
              boolean isOfLambdas = !function.handler().startsWith("dev.freshet.featurestore.");
              assertThat(function.environment())
                  .containsAllEntriesOf(shared)
                  .hasSize(shared.size() + (hasHistory || readsBoth ? 2 : 1))
                  .contains(
                      isOfLambdas
                          ? entry("STATE_STORE_URL", "redis://127.0.0.1:6390")
                          : entry("FEATURE_STORE_URL", "redis://127.0.0.1:6391"));
              assertThat(function.artifact()).exists();
              assertThat(function.artifact().getFileName().toString())
                  .isEqualTo(isOfLambdas ? "lambdas.jar" : "feature-store-subscriber.jar");
            });
  }

  @Test
  void hasTheStateMachineThatItsFunctionsUse() {
    assertThat(template.stateMachines())
        .hasSize(1)
        .first()
        .satisfies(
            machine -> {
              assertThat(machine.name()).isEqualTo(STATE_MACHINE);
              assertThat(machine.arn()).isEqualTo(STATE_MACHINE_ARN);
              assertThat(machine.definitionJson())
                  .contains(":000000000000:function:" + FUNCTION + "recalculation\"")
                  .doesNotContain("Fn::", "${");
            });
  }

  @Test
  void callsTheWatchdogEveryMinute() {
    assertThat(template.schedules())
        .extracting(ScheduleDefinition::function, ScheduleDefinition::rate)
        .containsExactly(tuple(FUNCTION + "recalculation-watchdog", Duration.ofMinutes(1)));
  }
}
