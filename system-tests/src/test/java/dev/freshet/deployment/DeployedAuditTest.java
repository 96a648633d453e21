package dev.freshet.deployment;

import static dev.freshet.deployment.PackagedResources.list;
import static dev.freshet.deployment.PackagedResources.referred;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.quality.audit.AuditHandler;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the audit is deployed if wanted, and may only read. */
@Tag("verify")
class DeployedAuditTest {

  private static final String EXISTING = "arn:aws:kinesis:eu-central-1:111122223333:stream/created";
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/events";

  private static PackagedResources on;
  private static PackagedResources given;

  @BeforeAll
  static void packageService() {
    on = PackagedResources.read(PackagedProject.of("prod", "audit=on"));
    given =
        PackagedResources.read(
            PackagedProject.of(
                "prod",
                "audit=on",
                "audit-entities=7",
                "order-created-arn=" + EXISTING,
                "event-streams-key-arn=" + KEY));
  }

  @Test
  void isOffByDefault() {
    assertThat(PackagedResources.read(PackagedProject.of("prod")).functions())
        .hasSize(Declared.FUNCTIONS)
        .doesNotContainKey("audit");
    assertThat(on.functions()).hasSize(Declared.FUNCTIONS + 1);
  }

  @Test
  void readsTheStreamsOfEventsAndWritesNothing() {
    Set<String> streams =
        Declared.streams().stream().map(Declared::logicalId).collect(Collectors.toSet());
    assertThat(resources(on, "kinesis:GetRecords")).isEqualTo(streams);
    assertThat(actions(on))
        .containsExactlyInAnyOrder(
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "logs:CreateLogStream",
            "logs:PutLogEvents");
    assertThat(resources(given, "kinesis:GetRecords")).contains(EXISTING).hasSameSizeAs(streams);
    assertThat(resources(given, "kms:Decrypt")).containsExactly(KEY);
  }

  @Test
  void runsOnceAnHourOnTheFeatureStoreAlone() {
    JsonNode function = on.functions().get("audit");
    JsonNode environment = function.at("/Environment/Variables");

    assertThat(function.path("Handler").asText()).isEqualTo(AuditHandler.class.getName());
    assertThat(on.ofType("AWS::Events::Rule").values())
        .extracting(rule -> rule.path("ScheduleExpression").asText())
        .containsExactlyInAnyOrder("rate(1 minute)", "rate(1 hour)");
    assertThat(environment.has("STATE_STORE_URL")).isFalse();
    assertThat(environment.path("FEATURE_STORE_URL").asText())
        .isEqualTo("{{resolve:secretsmanager:freshet-prod-redis/feature-store-url}}");
    assertThat(environment.path("EVENT_STREAMS").asText().split(","))
        .hasSameSizeAs(Declared.streams())
        .contains("order-created=prod-order-created");
  }

  @Test
  void knowsTheNamesOfStreamsThatExist() {
    JsonNode environment = given.functions().get("audit").at("/Environment/Variables");

    assertThat(environment.path("EVENT_STREAMS").asText().split(","))
        .contains("order-created=created", "order-picked=prod-order-picked");
    assertThat(environment.path("AUDIT_ENTITIES").asText()).isEqualTo("7");
  }

  private static Set<String> actions(PackagedResources template) {
    return allowed(template)
        .flatMap(statement -> list(statement.path("Action")).stream())
        .map(JsonNode::asText)
        .filter(action -> !action.startsWith("ec2:"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> resources(PackagedResources template, String action) {
    return allowed(template)
        .filter(
            statement ->
                list(statement.path("Action")).stream()
                    .anyMatch(each -> each.asText().equals(action)))
        .flatMap(statement -> list(statement.path("Resource")).stream())
        .map(each -> each.isTextual() ? each.asText() : referred(each))
        .collect(Collectors.toSet());
  }

  private static Stream<JsonNode> allowed(PackagedResources template) {
    return template
        .statements(template.functions().get("audit"))
        .filter(statement -> statement.path("Effect").asText().equals("Allow"));
  }
}
