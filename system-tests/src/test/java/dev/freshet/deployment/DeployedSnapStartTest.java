package dev.freshet.deployment;

import static dev.freshet.deployment.PackagedResources.referred;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that with SnapStart all callers of a function call the version that starts from a snapshot.
 */
@Tag("verify")
class DeployedSnapStartTest {

  private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
  private static final String ALIAS = "AWS::Lambda::Alias";

  private static PackagedResources on;
  private static PackagedResources off;

  @BeforeAll
  static void packageService() {
    on = PackagedResources.read(PackagedProject.of("prod", "snap-start=on"));
    off = PackagedResources.read(PackagedProject.of("prod"));
  }

  @Test
  void everyFunctionHasAnAliasOfItsNewestVersion() {
    assertThat(on.functions().values())
        .hasSize(Declared.FUNCTIONS)
        .allMatch(
            function -> function.at("/SnapStart/ApplyOn").asText().equals("PublishedVersions"));
    assertThat(on.ofType(ALIAS).values())
        .hasSize(Declared.FUNCTIONS)
        .allSatisfy(
            alias -> {
              assertThat(alias.path("Name").asText()).isEqualTo("snapstart");
              JsonNode version = on.properties(referred(alias.path("FunctionVersion")));
              assertThat(version.path("FunctionName")).isEqualTo(alias.path("FunctionName"));
            });
  }

  @Test
  void mappingsAndTheScheduleCallAliases() {
    assertThat(on.ofType(MAPPING).values())
        .hasSize(Declared.MAPPINGS)
        .allMatch(mapping -> callsAlias(mapping.path("FunctionName")));
    JsonNode rule = on.ofType("AWS::Events::Rule").values().iterator().next();
    assertThat(callsAlias(rule.at("/Targets/0/Arn"))).isTrue();
    JsonNode permission = on.ofType("AWS::Lambda::Permission").values().iterator().next();
    assertThat(callsAlias(permission.path("FunctionName"))).isTrue();
  }

  @Test
  void theStateMachineCallsAnAliasAndRunningExecutionsStillWork() {
    JsonNode machine = on.ofType("AWS::StepFunctions::StateMachine").values().iterator().next();
    JsonNode called = machine.at("/DefinitionString/Fn::Sub/1").elements().next();
    assertThat(on.ofType(ALIAS).get(referred(called)).at("/FunctionName/Ref").asText())
        .isEqualTo("RecalculationLambdaFunction");

    JsonNode mayCall =
        PackagedResources.statementsOf(on.properties("RecalculationStateMachineRole"))
            .filter(statement -> statement.path("Action").asText().equals("lambda:InvokeFunction"))
            .findFirst()
            .orElseThrow();
    assertThat(PackagedResources.list(mayCall.path("Resource")))
        .extracting(PackagedResources::referred)
        .containsExactly("RecalculationLambdaFunction", referred(called));
  }

  @Test
  void consumersAreSubscribedAsWithoutIt() {
    assertThat(subscriptions(on)).isEqualTo(subscriptions(off)).hasSize(Declared.READERS);
  }

  @Test
  void withoutItThereAreNoVersions() {
    assertThat(off.ofType(ALIAS)).isEmpty();
    assertThat(off.ofType("AWS::Lambda::Version")).isEmpty();
    assertThat(off.functions().values()).noneMatch(function -> function.has("SnapStart"));
  }

  @Test
  void theLocalPlatformReadsItWithOrWithoutSnapStart() {
    DeployedTemplate template = DeployedTemplate.read(PackagedProject.of("prod", "snap-start=on"));

    assertThat(template.mappings())
        .hasSize(Declared.MAPPINGS)
        .allMatch(
            mapping ->
                template.functions().stream()
                    .anyMatch(function -> function.name().equals(mapping.function())));
    assertThat(template.stateMachines())
        .singleElement()
        .satisfies(
            machine ->
                assertThat(machine.definitionJson())
                    .contains(":function:freshet-prod-recalculation\""));
  }

  private static boolean callsAlias(JsonNode name) {
    JsonNode parts = name.at("/Fn::Join/1");
    return parts.path(0).has("Fn::GetAtt") && parts.path(1).asText().equals("snapstart");
  }

  private static List<String> subscriptions(PackagedResources template) {
    return template.functions().values().stream()
        .flatMap(template::statements)
        .filter(statement -> statement.path("Action").asText().equals("kinesis:SubscribeToShard"))
        .map(JsonNode::toString)
        .sorted()
        .toList();
  }
}
