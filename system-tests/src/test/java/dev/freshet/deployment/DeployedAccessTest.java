package dev.freshet.deployment;

import static dev.freshet.deployment.PackagedResources.list;
import static dev.freshet.deployment.PackagedResources.referred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.definition.FeatureGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each function has exactly the permissions on AWS that it needs. */
@Tag("verify")
class DeployedAccessTest {

  private static final String EXISTING = "arn:aws:kinesis:eu-central-1:111122223333:stream/created";
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/events";
  private static final String DATADOG = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:d";

  /** The actions for which AWS has no narrower resource. */
  private static final Set<String> ON_ANYTHING =
      Set.of(
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments");

  private static PackagedResources plain;
  private static PackagedResources given;

  @BeforeAll
  static void packageService() {
    plain = PackagedResources.read(PackagedProject.of("prod"));
    given =
        PackagedResources.read(
            PackagedProject.of(
                "dev",
                "order-created-arn=" + EXISTING,
                "event-streams-key-arn=" + KEY,
                "tracing=true",
                "datadog-api-key-secret-arn=" + DATADOG,
                "state-store-url=redis://10.0.0.1:6379",
                "feature-store-url=redis://10.0.0.2:6379"));
  }

  @Test
  void everyFunctionHasItsOwnRoleThatOnlyLambdaAssumes() {
    List<String> roles =
        plain.functions().values().stream().map(each -> referred(each.path("Role"))).toList();

    assertThat(roles).hasSize(Declared.FUNCTIONS).doesNotHaveDuplicates();
    assertThat(roles)
        .extracting(plain::properties)
        .allSatisfy(
            role -> {
              assertThat(role.has("ManagedPolicyArns")).isFalse();
              assertThat(role.at("/AssumeRolePolicyDocument/Statement"))
                  .hasSize(1)
                  .first()
                  .extracting(statement -> statement.at("/Principal/Service").asText())
                  .isEqualTo("lambda.amazonaws.com");
            });
    assertThat(plain.ofType("AWS::IAM::Role"))
        .hasSize(Declared.FUNCTIONS + 1)
        .containsKey("RecalculationStateMachineRole");
  }

  @Test
  void readsItsStreamsAndNoOther() {
    Map<String, String> expected = new TreeMap<>();
    for (Declared.Deployed each : Declared.AGGREGATORS) {
      expected.put(each.function(), sorted(Declared.streams(each).map(Declared::logicalId)));
    }
    assertThat(expected)
        .contains(entry("city-orders", "OrderCancelled OrderCreated OrderDelivered"));
    expected.put("feature-store-subscriber", "FeatureResults");

    assertThat(resources(plain, "kinesis:GetRecords")).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void subscribesAsTheConsumersOfItsMappings() {
    Map<String, String> subscribed = resources(plain, "kinesis:SubscribeToShard");

    assertThat(subscribed).hasSize(Declared.READERS);
    subscribed.forEach(
        (function, consumers) ->
            assertThat(consumers)
                .isEqualTo(
                    sorted(
                        plain.ofType("AWS::Lambda::EventSourceMapping").values().stream()
                            .filter(mapping -> isOf(mapping, function))
                            .map(mapping -> referred(mapping.path("EventSourceArn"))))));
    assertThat(resources(given, "kinesis:SubscribeToShard")).isEmpty();
  }

  @Test
  void putsWhereItPublishes() {
    Map<String, String> expected = new TreeMap<>();
    Declared.AGGREGATORS.forEach(
        each -> expected.put(each.function(), "DeadLetters FeatureResults"));
    expected.put("feature-store-subscriber", "DeadLetters");
    expected.put("recalculation", "FeatureResults");
    expected.put("recalculation-watchdog", "DeadLetters");
    assertThat(resources(plain, "kinesis:PutRecords")).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(resources(plain, "sqs:SendMessage"))
        .hasSize(Declared.READERS)
        .doesNotContainKeys("recalculation", "recalculation-watchdog")
        .allSatisfy((function, queue) -> assertThat(queue).isEqualTo("DiscardedBatches"));
  }

  /**
   * If this fails for a new aggregator, its entry needs {@code time-windows: true}, or must lose
   * it.
   */
  @Test
  void startsRecalculationsIfAGroupHasTimeWindows() {
    Set<String> windowed = Declared.functionsOf(FeatureGroup::movesWithTime);
    assertThat(windowed).contains("store-orders").doesNotContain("courier-accept-time");
    windowed.add("recalculation-watchdog");

    assertThat(resources(plain, "states:StartExecution"))
        .containsOnlyKeys(windowed)
        .allSatisfy(
            (function, machine) ->
                assertThat(machine).endsWith(":stateMachine:freshet-prod-recalculation"));
    assertThat(resources(plain, "states:DescribeExecution"))
        .containsOnlyKeys("recalculation-watchdog")
        .allSatisfy(
            (function, execution) ->
                assertThat(execution).endsWith(":execution:freshet-prod-recalculation:*"));
  }

  /** If this fails for a new aggregator, its entry needs {@code history: true}, or must lose it. */
  @Test
  void storesHistoryIfAGroupHasIt() {
    assertThat(resources(plain, "dynamodb:PutItem"))
        .containsOnlyKeys(Declared.HISTORY)
        .allSatisfy((function, table) -> assertThat(table).isEqualTo("History"));
  }

  @Test
  void writesToItsOwnLogGroup() {
    assertThat(resources(plain, "logs:PutLogEvents"))
        .containsOnlyKeys(plain.functions().keySet())
        .allSatisfy(
            (function, group) ->
                assertThat(plain.properties(group).path("LogGroupName").asText())
                    .isEqualTo("/aws/lambda/freshet-prod-" + function));
  }

  @Test
  void decryptsAndReadsSecretsOnlyAsGiven() {
    assertThat(resources(plain, "kms:Decrypt")).isEmpty();
    assertThat(resources(plain, "secretsmanager:GetSecretValue")).isEmpty();
    assertThat(resources(given, "kms:Decrypt"))
        .hasSize(Declared.READERS)
        .containsValue(KEY)
        .doesNotContainValue("*");
    assertThat(resources(given, "secretsmanager:GetSecretValue"))
        .hasSize(Declared.FUNCTIONS)
        .allSatisfy((function, secret) -> assertThat(secret).isEqualTo(DATADOG));
  }

  @Test
  void readsAStreamThatExists() {
    assertThat(given.ofType("AWS::Kinesis::Stream"))
        .hasSize(Declared.streams().size() + 1)
        .doesNotContainKey("OrderCreated");
    assertThat(resources(given, "kinesis:GetRecords")).contains(entry("city-demand", EXISTING));
  }

  @Test
  void makesNetworkInterfacesOnlyInAVpcAndNeverByItsOwnCode() {
    String action = "ec2:CreateNetworkInterface";
    assertThat(resources(given, action)).isEmpty();
    assertThat(resources(plain, action)).hasSize(Declared.FUNCTIONS);
    assertThat(plain.functions().values())
        .allSatisfy(
            function ->
                assertThat(plain.statements(function))
                    .filteredOn(statement -> statement.path("Effect").asText().equals("Deny"))
                    .singleElement()
                    .satisfies(
                        deny ->
                            assertThat(deny.at("/Condition/ArnEquals").toString())
                                .contains("lambda:SourceFunctionArn")
                                .contains(function.path("FunctionName").asText())));
  }

  @Test
  void onlyActionsWithoutNarrowerResourceAreAllowedOnAll() {
    Stream.of(plain, given)
        .flatMap(template -> template.ofType("AWS::IAM::Role").values().stream())
        .flatMap(PackagedResources::statementsOf)
        .forEach(
            statement -> {
              List<String> actions = texts(statement.path("Action"));
              assertThat(actions).isNotEmpty().noneMatch(action -> action.contains("*"));
              if (texts(statement.path("Resource")).contains("*")) {
                assertThat(ON_ANYTHING).containsAll(actions);
              }
            });
  }

  @Test
  void theStateMachineCallsItsFunctionAndContinuesItself() {
    JsonNode role = plain.properties("RecalculationStateMachineRole");

    assertThat(resources(role, "lambda:InvokeFunction")).isEqualTo("RecalculationLambdaFunction");
    assertThat(resources(role, "states:StartExecution"))
        .endsWith(":stateMachine:freshet-prod-recalculation");
  }

  /**
   * Returns for each function the resources that it may use with an action; leaves out functions
   * that may not.
   */
  private static Map<String, String> resources(PackagedResources template, String action) {
    Map<String, String> found = new TreeMap<>();
    template
        .functions()
        .forEach(
            (name, function) -> {
              String role = referred(function.path("Role"));
              String resources = resources(template.properties(role), action);
              if (!resources.isEmpty()) {
                found.put(name, resources);
              }
            });
    return found;
  }

  private static String resources(JsonNode role, String action) {
    return sorted(
        PackagedResources.statementsOf(role)
            .filter(statement -> statement.path("Effect").asText().equals("Allow"))
            .filter(statement -> texts(statement.path("Action")).contains(action))
            .flatMap(statement -> texts(statement.path("Resource")).stream()));
  }

  private static List<String> texts(JsonNode values) {
    return list(values).stream()
        .map(
            value ->
                value.isTextual()
                    ? value.asText()
                    : value.has("Fn::Sub") ? value.path("Fn::Sub").asText() : referred(value))
        .toList();
  }

  private static String sorted(Stream<String> texts) {
    return texts.sorted().collect(Collectors.joining(" "));
  }

  private static boolean isOf(JsonNode mapping, String function) {
    String name =
        plain.properties(referred(mapping.path("FunctionName"))).path("FunctionName").asText();
    return name.equals("freshet-prod-" + function);
  }
}
