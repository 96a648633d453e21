package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the function of the data monitors, which a parameter switches on. */
@Tag("verify")
class DeployedMonitorsTest {

  private static final String NAME = "data-monitors";

  private static Path folder;
  private static PackagedResources on;

  @BeforeAll
  static void packageService() {
    folder = PackagedProject.of("prod", "data-monitors=on", "drift-sample=500");
    on = PackagedResources.read(folder);
  }

  @Test
  void isNotDeployedUnlessItIsOn() {
    assertThat(PackagedResources.read(PackagedProject.of("prod")).functions())
        .doesNotContainKey(NAME);
    assertThat(on.functions()).containsKey(NAME).hasSize(Declared.FUNCTIONS + 1);
  }

  @Test
  void mayWriteItsLogAndNothingElseInAws() {
    List<String> allowed =
        on.statements(on.functions().get(NAME))
            .filter(each -> each.path("Effect").asText().equals("Allow"))
            .flatMap(each -> each.path("Action").valueStream())
            .map(JsonNode::asText)
            .filter(action -> !action.startsWith("ec2:"))
            .toList();

    assertThat(allowed).containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
  }

  @Test
  void reachesTheFeatureStoreAndNotTheStateStore() {
    JsonNode environment = on.functions().get(NAME).at("/Environment/Variables");

    assertThat(environment.path("FEATURE_STORE_URL").asText())
        .isEqualTo("{{resolve:secretsmanager:freshet-prod-redis/feature-store-url}}");
    assertThat(environment.path("DRIFT_SAMPLE").asText()).isEqualTo("500");
    assertThat(environment.has("STATE_STORE_URL")).isFalse();
  }

  @Test
  void isCalledEachHourAndHasAlarms() {
    DeployedTemplate template = DeployedTemplate.read(folder);
    assertThat(template.schedules())
        .filteredOn(each -> each.function().endsWith(NAME))
        .singleElement()
        .matches(each -> each.rate().equals(Duration.ofHours(1)));
    assertThat(template.mappings()).noneMatch(each -> each.function().endsWith(NAME));
    assertThat(on.ofType("AWS::CloudWatch::Alarm").values())
        .filteredOn(each -> each.path("AlarmName").asText().contains("-" + NAME + "-"))
        .extracting(each -> each.path("MetricName").asText())
        .containsExactlyInAnyOrder("Errors", "Throttles");
  }

  @Test
  void isTheSameWithDirectWrites() {
    PackagedResources direct =
        PackagedResources.read(
            PackagedProject.of("prod", "data-monitors=on", "feature-store-writes=direct"));
    assertThat(
            direct.functions().get(NAME).at("/Environment/Variables").has("FEATURE_STORE_WRITES"))
        .isFalse();
  }
}
