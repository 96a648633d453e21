package dev.freshet.deployment;

import static dev.freshet.deployment.PackagedResources.referred;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that production is encrypted, has alarms, and is never blocked by one batch. */
@Tag("verify")
class DeployedOperationsTest {

  private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

  private static PackagedResources prod;
  private static PackagedResources dev;

  @BeforeAll
  static void packageService() {
    prod = PackagedResources.read(PackagedProject.of("prod"));
    dev =
        PackagedResources.read(
            PackagedProject.of(
                "dev",
                "reserved-concurrency=40",
                "order-shards=16",
                "tracing=true",
                "system-log-level=INFO",
                "alarm-topic-arn=arn:aws:sns:eu-central-1:111122223333:ops",
                "subnets=subnet-1,subnet-2",
                "security-groups=sg-1"));
  }

  @Test
  void everyStreamAndTheQueueAreEncrypted() {
    assertThat(prod.ofType("AWS::Kinesis::Stream").values())
        .hasSize(Declared.streams().size() + 2)
        .allSatisfy(
            stream -> {
              assertThat(stream.at("/StreamEncryption/EncryptionType").asText()).isEqualTo("KMS");
              assertThat(stream.at("/StreamEncryption/KeyId").asText())
                  .isEqualTo("alias/aws/kinesis");
              assertThat(stream.path("RetentionPeriodHours").asInt()).isGreaterThanOrEqualTo(72);
            });
    assertThat(prod.properties("DiscardedBatches").path("SqsManagedSseEnabled").asBoolean())
        .isTrue();
  }

  @Test
  void everyMappingEndsItsRetriesInTheQueue() {
    assertThat(prod.ofType(MAPPING).values())
        .hasSize(Declared.MAPPINGS)
        .allSatisfy(
            mapping -> {
              assertThat(mapping.path("BatchSize").asInt()).isEqualTo(500);
              assertThat(mapping.path("MaximumBatchingWindowInSeconds").asInt(-1)).isZero();
              assertThat(mapping.path("ParallelizationFactor").asInt()).isEqualTo(4);
              assertThat(mapping.path("BisectBatchOnFunctionError").asBoolean()).isTrue();
              assertThat(mapping.path("MaximumRetryAttempts").asInt()).isEqualTo(100);
              assertThat(mapping.path("MaximumRecordAgeInSeconds").asInt()).isEqualTo(21600);
              assertThat(mapping.path("FunctionResponseTypes"))
                  .extracting(JsonNode::asText)
                  .containsExactly("ReportBatchItemFailures");
              assertThat(referred(mapping.at("/DestinationConfig/OnFailure/Destination")))
                  .isEqualTo("DiscardedBatches");
            });
  }

  @Test
  void aBatchIsGivenUpBeforeTheRetentionEnds() {
    int longest =
        prod.ofType(MAPPING).values().stream()
            .mapToInt(mapping -> mapping.path("MaximumRecordAgeInSeconds").asInt())
            .max()
            .orElseThrow();

    assertThat(dev.ofType("AWS::Kinesis::Stream").values())
        .allSatisfy(
            stream ->
                assertThat(stream.path("RetentionPeriodHours").asInt() * 3600)
                    .isGreaterThanOrEqualTo(2 * longest));
  }

  @Test
  void productionReadsEachStreamWithADedicatedConsumer() {
    Map<String, JsonNode> consumers = prod.ofType("AWS::Kinesis::StreamConsumer");

    assertThat(prod.ofType(MAPPING).values())
        .extracting(mapping -> referred(mapping.path("EventSourceArn")))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(consumers.keySet());
    assertThat(dev.ofType("AWS::Kinesis::StreamConsumer")).isEmpty();
  }

  /** AWS refuses a sixth at a time, and with it the whole first deployment. */
  @ParameterizedTest
  @ValueSource(strings = {"AWS::Kinesis::Stream", "AWS::Kinesis::StreamConsumer"})
  void createsStreamsAndConsumersAFewAtATime(String type) {
    List<String> ids = List.copyOf(prod.ofType(type).keySet());

    assertThat(ids).hasSizeGreaterThan(5);
    assertThat(ids.stream().filter(id -> prod.dependencies(id).isEmpty())).hasSizeLessThan(5);
    assertThat(ids.stream().flatMap(id -> prod.dependencies(id).stream()))
        .doesNotHaveDuplicates()
        .isSubsetOf(ids);
  }

  @Test
  void theLogOfEveryFunctionIsKeptForATime() {
    Map<String, JsonNode> groups =
        prod.ofType("AWS::Logs::LogGroup").values().stream()
            .collect(Collectors.toMap(each -> each.path("LogGroupName").asText(), each -> each));

    assertThat(prod.functions().values())
        .hasSize(Declared.FUNCTIONS)
        .allSatisfy(
            function -> {
              assertThat(function.path("Runtime").asText()).isEqualTo("java25");
              assertThat(function.at("/Architectures/0").asText()).isEqualTo("arm64");
              assertThat(groups)
                  .containsKey("/aws/lambda/" + function.path("FunctionName").asText());
            });
    assertThat(groups.values())
        .hasSize(Declared.FUNCTIONS + 1)
        .allSatisfy(group -> assertThat(group.path("RetentionInDays").asInt()).isEqualTo(90));
  }

  /** Both are billed for each invocation: with single events, they were most of the bill. */
  @Test
  void lambdaNeitherLogsNorTracesEachInvocation() {
    assertThat(prod.functions().values())
        .allSatisfy(
            function -> {
              assertThat(function.has("TracingConfig")).isFalse();
              assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
              assertThat(function.at("/LoggingConfig/SystemLogLevel").asText()).isEqualTo("WARN");
              assertThat(function.at("/LoggingConfig/ApplicationLogLevel").asText())
                  .isEqualTo("TRACE");
            });
  }

  @Test
  void parametersSwitchOnTracesAndTheLinesOfLambda() {
    assertThat(dev.functions().values())
        .allSatisfy(
            function -> {
              assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
              assertThat(function.at("/LoggingConfig/SystemLogLevel").asText()).isEqualTo("INFO");
            });
  }

  @Test
  void everyFunctionHasAlarms() {
    Set<String> readers =
        prod.ofType(MAPPING).values().stream()
            .map(mapping -> referred(mapping.path("FunctionName")))
            .collect(Collectors.toSet());

    assertThat(prod.ofType("AWS::Lambda::Function").keySet())
        .allSatisfy(
            function -> {
              assertThat(alarms(prod, function)).contains("Errors", "Throttles");
              assertThat(alarms(prod, function).contains("IteratorAge"))
                  .isEqualTo(readers.contains(function));
            });
  }

  @Test
  void streamsQueueAndStateMachineHaveAlarms() {
    assertThat(alarms(prod, "DiscardedBatches"))
        .containsExactly("ApproximateNumberOfMessagesVisible");
    assertThat(alarms(prod, "DeadLetters")).contains("IncomingRecords");
    assertThat(alarms(prod, "FeatureResults")).contains("WriteProvisionedThroughputExceeded");
    assertThat(prod.ofType("AWS::CloudWatch::Alarm").values())
        .filteredOn(alarm -> alarm.path("Namespace").asText().equals("AWS/States"))
        .extracting(alarm -> alarm.path("MetricName").asText())
        .contains("ExecutionsFailed", "ExecutionsAborted", "ExecutionThrottled");
  }

  @Test
  void everyAlarmHasATopic() {
    assertThat(prod.ofType("AWS::CloudWatch::Alarm").values())
        .allSatisfy(
            alarm -> assertThat(referred(alarm.at("/AlarmActions/0"))).isEqualTo("AlarmTopic"));
    assertThat(prod.ofType("AWS::SNS::Topic")).containsOnlyKeys("AlarmTopic");
    assertThat(dev.ofType("AWS::SNS::Topic")).isEmpty();
    assertThat(dev.ofType("AWS::CloudWatch::Alarm").values())
        .allSatisfy(alarm -> assertThat(alarm.at("/AlarmActions/0").asText()).endsWith(":ops"));
  }

  @Test
  void passwordsStayInTheirSecretsUntilDeployment() {
    prod.functions()
        .forEach(
            (name, function) -> {
              JsonNode environment = function.at("/Environment/Variables");
              boolean isSubscriber = name.equals("feature-store-subscriber");
              String store = isSubscriber ? "feature-store" : "state-store";
              String other = isSubscriber ? "STATE_STORE_URL" : "FEATURE_STORE_URL";
              String own = isSubscriber ? "FEATURE_STORE_URL" : "STATE_STORE_URL";
              assertThat(environment.path(own).asText())
                  .isEqualTo("{{resolve:secretsmanager:freshet-prod-redis/" + store + "-url}}");
              assertThat(environment.has(other)).isEqualTo(name.equals("recalculation-watchdog"));
            });
  }

  @Test
  void runsInTheSubnetsOfTheStoresUnlessOthersAreGiven() {
    assertThat(prod.functions().values())
        .allSatisfy(
            function ->
                assertThat(function.path("VpcConfig").toString())
                    .contains("freshet-prod-redis-subnets", "freshet-prod-redis-security-group"));
    assertThat(dev.functions().values())
        .allSatisfy(
            function ->
                assertThat(function.at("/VpcConfig/SubnetIds"))
                    .extracting(JsonNode::asText)
                    .containsExactly("subnet-1", "subnet-2"));
  }

  @Test
  void reservesConcurrencyForReadersIfConfigured() {
    assertThat(prod.functions().values())
        .noneMatch(function -> function.has("ReservedConcurrentExecutions"));
    assertThat(dev.functions().values())
        .filteredOn(function -> function.path("ReservedConcurrentExecutions").asInt() == 40)
        .hasSize(Declared.READERS);
  }

  @Test
  void aSizeGivenAsAParameterIsANumber() {
    JsonNode shards = dev.properties("OrderCreated").path("ShardCount");

    assertThat(shards.isInt()).isTrue();
    assertThat(shards.asInt()).isEqualTo(16);
  }

  private static Set<String> alarms(PackagedResources template, String logicalId) {
    return template.ofType("AWS::CloudWatch::Alarm").values().stream()
        .filter(alarm -> referred(alarm.at("/Dimensions/0/Value")).equals(logicalId))
        .map(alarm -> alarm.path("MetricName").asText())
        .collect(Collectors.toSet());
  }
}
