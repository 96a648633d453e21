package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which functions write the feature store for each {@code feature-store-writes}. */
@Tag("verify")
class DeployedFeatureStoreTest {

  private static final String SUBSCRIBER = "feature-store-subscriber";
  private static final String WATCHDOG = "recalculation-watchdog";
  private static final String SECRET =
      "{{resolve:secretsmanager:freshet-prod-redis/feature-store-url}}";
  private static final Set<String> PUBLISHERS = publishers();

  private static Set<String> publishers() {
    Set<String> publishers = new TreeSet<>(Set.of("recalculation"));
    Declared.AGGREGATORS.forEach(each -> publishers.add(each.function()));
    return publishers;
  }

  @Test
  void onlyTheSubscriberWritesItUnlessOthersWriteDirectly() {
    PackagedResources stream = template("stream");
    assertThat(with(stream, "FEATURE_STORE_URL")).containsExactlyInAnyOrder(SUBSCRIBER, WATCHDOG);
    assertThat(with(stream, "FORGOTTEN_GROUPS")).containsExactly(SUBSCRIBER);
    assertThat(with(stream, "FEATURE_STORE_WRITES")).isEmpty();
  }

  @Test
  void theFunctionsThatPublishWriteDirectlyAndNoOthers() {
    PackagedResources direct = template("direct");
    assertThat(with(direct, "FEATURE_STORE_URL")).isEqualTo(withWatchdog(PUBLISHERS));
    for (String variable : Set.of("FEATURE_STORE_REPLICAS", "FORGOTTEN_GROUPS")) {
      assertThat(with(direct, variable)).isEqualTo(PUBLISHERS);
    }
    for (String publisher : PUBLISHERS) {
      JsonNode environment = environment(direct.functions().get(publisher));
      assertThat(environment.path("FEATURE_STORE_WRITES").asText()).isEqualTo("direct");
      assertThat(environment.path("FEATURE_STORE_URL").asText()).isEqualTo(SECRET);
      assertThat(environment.path("STATE_STORE_URL").asText()).contains("/state-store-url}}");
    }
  }

  @Test
  void theSubscriberIsNotDeployedThen() {
    PackagedResources direct = template("direct");
    assertThat(direct.functions()).hasSize(Declared.FUNCTIONS - 1).doesNotContainKey(SUBSCRIBER);
    Map<String, Integer> sizes =
        Map.of(
            "AWS::IAM::Role",
            Declared.FUNCTIONS,
            "AWS::Lambda::EventSourceMapping",
            Declared.MAPPINGS - 1,
            "AWS::Kinesis::StreamConsumer",
            Declared.MAPPINGS - 1,
            "AWS::Kinesis::Stream",
            Declared.streams().size() + 2);
    sizes.forEach((type, size) -> assertThat(direct.ofType(type)).as(type).hasSize(size));
    for (String type : Set.of("AWS::CloudWatch::Alarm", "AWS::Logs::LogGroup", "AWS::IAM::Role")) {
      assertThat(direct.ofType(type).keySet()).noneMatch(id -> id.contains("ubscriber"));
      assertThat(template("stream").ofType(type).keySet()).anyMatch(id -> id.contains("ubscriber"));
    }
  }

  @Test
  void betweenTheTwoAllOfThemWrite() {
    PackagedResources both = template("both");
    Set<String> all = new TreeSet<>(PUBLISHERS);
    all.add(SUBSCRIBER);
    assertThat(with(both, "FEATURE_STORE_URL")).isEqualTo(withWatchdog(all));
    assertThat(with(both, "FEATURE_STORE_WRITES")).isEqualTo(PUBLISHERS);
  }

  /** The watchdog reads the ledger there. */
  private static Set<String> withWatchdog(Set<String> writers) {
    Set<String> all = new TreeSet<>(writers);
    all.add(WATCHDOG);
    return all;
  }

  private static PackagedResources template(String writes) {
    return PackagedResources.read(
        PackagedProject.of(
            "prod",
            "feature-store-writes=" + writes,
            "feature-store-replicas=1",
            "forgotten-groups=old_name"));
  }

  /** The functions that have an environment variable. */
  private static Set<String> with(PackagedResources template, String variable) {
    Set<String> functions = new TreeSet<>();
    template
        .functions()
        .forEach(
            (name, function) -> {
              if (environment(function).has(variable)) {
                functions.add(name);
              }
            });
    return functions;
  }

  private static JsonNode environment(JsonNode function) {
    return function.at("/Environment/Variables");
  }
}
