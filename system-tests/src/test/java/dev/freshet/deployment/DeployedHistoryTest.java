package dev.freshet.deployment;

import static dev.freshet.deployment.PackagedResources.list;
import static dev.freshet.deployment.PackagedResources.referred;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the table of history: of a service whose {@code city-orders} alone has history. */
@Tag("verify")
class DeployedHistoryTest {

  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String GIVEN = "arn:aws:dynamodb:eu-central-1:111122223333:table/restored";

  @TempDir private static Path folder;

  private static PackagedResources created;
  private static PackagedResources given;
  private static PackagedResources without;

  @BeforeAll
  static void packageService() throws IOException {
    PackagedProject project =
        PackagedProject.copiedTo(folder)
            .edit("serverless.yml", text -> onlyOf(text, "CityOrdersHandler"));
    created = PackagedResources.read(project.packaged("prod"));
    given = PackagedResources.read(project.packaged("prod", "history-table-arn=" + GIVEN));
    project.edit("serverless.yml", text -> onlyOf(text, "no handler"));
    without = PackagedResources.read(project.packaged("prod"));
  }

  @Test
  void isKeptBackedUpAndEncrypted() {
    assertThat(created.ofType(TABLE)).containsOnlyKeys("History");
    JsonNode table = created.properties("History");

    assertThat(created.resource("History").path("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(created.resource("History").path("UpdateReplacePolicy").asText())
        .isEqualTo("Retain");
    assertThat(table.path("TableName").asText()).isEqualTo("freshet-prod-history");
    assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
    assertThat(table.at("/SSESpecification/SSEType").asText()).isEqualTo("KMS");
  }

  @Test
  void hasOneKeyAndAnExpiry() {
    JsonNode table = created.properties("History");

    assertThat(table.path("KeySchema").toString())
        .isEqualTo("[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]");
    assertThat(table.path("AttributeDefinitions").toString())
        .isEqualTo("[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]");
    assertThat(table.path("TimeToLiveSpecification").toString())
        .isEqualTo("{\"AttributeName\":\"expires_at\",\"Enabled\":true}");
  }

  @Test
  void isNamedToTheFunctionsThatUseItAlone() {
    assertThat(tableNames(created))
        .containsOnlyKeys("city-orders", "recalculation")
        .allSatisfy((function, name) -> assertThat(referred(name)).isEqualTo("History"));
    assertThat(tableNames(given))
        .containsOnlyKeys("city-orders", "recalculation")
        .allSatisfy((function, name) -> assertThat(name.asText()).isEqualTo("restored"));
  }

  @Test
  void isReadAndWrittenItemByItemByTheseAlone() {
    assertThat(grants(created))
        .containsOnlyKeys("city-orders", "recalculation")
        .allSatisfy(
            (function, grant) -> {
              assertThat(grant.path("Action"))
                  .extracting(JsonNode::asText)
                  .containsExactlyInAnyOrder(
                      "dynamodb:BatchGetItem",
                      "dynamodb:GetItem",
                      "dynamodb:PutItem",
                      "dynamodb:UpdateItem");
              assertThat(grant.path("Resource").toString())
                  .isEqualTo("{\"Fn::GetAtt\":[\"History\",\"Arn\"]}");
            });
    assertThat(grants(given))
        .containsOnlyKeys("city-orders", "recalculation")
        .allSatisfy(
            (function, grant) -> assertThat(grant.path("Resource").asText()).isEqualTo(GIVEN));
  }

  @Test
  void hasAlarmsWhenItIsThrottled() {
    assertThat(alarms(created))
        .containsExactlyInAnyOrder("ReadThrottleEvents History", "WriteThrottleEvents History");
    assertThat(alarms(given))
        .containsExactlyInAnyOrder("ReadThrottleEvents restored", "WriteThrottleEvents restored");
  }

  @Test
  void isNotCreatedWhereOneIsGivenOrNoGroupHasHistory() {
    assertThat(given.ofType(TABLE)).isEmpty();
    assertThat(without.ofType(TABLE)).isEmpty();
    assertThat(tableNames(without)).isEmpty();
    assertThat(grants(without)).isEmpty();
    assertThat(alarms(without)).isEmpty();
  }

  /** Gives history to the function of one handler, and takes it from all others. */
  private static String onlyOf(String text, String handler) {
    String none = text.replace("    history: true\n", "");
    return none.replaceFirst("(handler: \\S+\\." + handler + "\n)", "$1    history: true\n");
  }

  private static Map<String, JsonNode> tableNames(PackagedResources template) {
    Map<String, JsonNode> names = new TreeMap<>();
    template
        .functions()
        .forEach(
            (function, properties) -> {
              JsonNode name = properties.at("/Environment/Variables/HISTORY_TABLE");
              if (!name.isMissingNode()) {
                names.put(function, name);
              }
            });
    return names;
  }

  /** The statement about DynamoDB of each role that has one. */
  private static Map<String, JsonNode> grants(PackagedResources template) {
    Map<String, JsonNode> grants = new TreeMap<>();
    template
        .functions()
        .forEach(
            (function, properties) ->
                template
                    .statements(properties)
                    .filter(statement -> actions(statement).anyMatch(a -> a.contains("dynamodb")))
                    .forEach(statement -> grants.put(function, statement)));
    return grants;
  }

  private static Stream<String> actions(JsonNode statement) {
    return list(statement.path("Action")).stream().map(JsonNode::asText);
  }

  /** The metric and the table of each alarm about DynamoDB. */
  private static List<String> alarms(PackagedResources template) {
    return template.ofType("AWS::CloudWatch::Alarm").values().stream()
        .filter(alarm -> alarm.path("Namespace").asText().equals("AWS/DynamoDB"))
        .map(
            alarm -> {
              JsonNode table = alarm.at("/Dimensions/0/Value");
              assertThat(alarm.at("/Dimensions/0/Name").asText()).isEqualTo("TableName");
              String name = table.isTextual() ? table.asText() : referred(table);
              return alarm.path("MetricName").asText() + " " + name;
            })
        .toList();
  }
}
