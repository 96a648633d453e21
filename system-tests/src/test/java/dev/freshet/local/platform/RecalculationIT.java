package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.redis.Redis;
import dev.freshet.state.PartitionRange;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Tests that changes by time alone are published soon, even if executions or functions fail. */
@Tag("verify")
class RecalculationIT {

  /** Two periods of the watchdog. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Long enough for an event to pass the platform before time changes its features. */
  private static final Duration AHEAD = Duration.ofSeconds(15);

  /** Executions for each group; the platform starts with it. */
  private static final String RANGES = "RECALCULATION_RANGES";

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty(RANGES, "4");
    platform = new TestPlatform();
  }

  @AfterAll
  static void stop() {
    platform.close();
    System.clearProperty(RANGES);
  }

  @Test
  void aFunctionThatFailsThreeTimesIsCalledUntilItsFeaturesAreRight() {
    String store = "store-of-failures";
    Instant created = TestPlatform.CLOCK.instant().minus(Duration.ofMinutes(5)).plus(AHEAD);
    OracleEvent event = put(store, "city-of-failures", created);
    TestPlatform.await(() -> isRight("store_orders", store, event), LIMIT);
    try (Redis state = Redis.at(platform.platform().stateStoreUrl(), LIMIT)) {
      long failures = platform.platform().stateMachineCounters().lambdaErrors();
      allow(state, new AclSetuserArgs().removeCommand(CommandType.ZRANGEBYSCORE));
      TestPlatform.await(
          () -> platform.platform().stateMachineCounters().lambdaErrors() >= failures + 3, LIMIT);
      assertThat(isRight("store_orders", store, event)).as("while the function fails").isFalse();

      allow(state, new AclSetuserArgs().addCommand(CommandType.ZRANGEBYSCORE));
      TestPlatform.await(() -> isRight("store_orders", store, event), LIMIT);
    }
  }

  @Test
  void entitiesOfAllRangesAreRecalculated() {
    Instant created = TestPlatform.CLOCK.instant().minus(Duration.ofMinutes(5)).plus(AHEAD);
    Map<String, OracleEvent> stores = new HashMap<>();
    IntStream.range(0, 16)
        .mapToObj(i -> "store-of-ranges-" + i)
        .forEach(store -> stores.put(store, put(store, "city-of-ranges", created)));
    assertThat(PartitionRange.of(4))
        .allMatch(range -> stores.keySet().stream().anyMatch(range::contains));
    TestPlatform.await(() -> areRight(stores), LIMIT);
    assertThat(platform.platform().stateMachineCounters().running()).isGreaterThanOrEqualTo(4);

    Instant changed = created.plus(Duration.ofMinutes(5)).plusMillis(1);
    TestPlatform.await(() -> TestPlatform.CLOCK.instant().isAfter(changed), LIMIT);
    TestPlatform.await(() -> areRight(stores), LIMIT);
  }

  private static boolean areRight(Map<String, OracleEvent> stores) {
    return stores.keySet().stream()
        .allMatch(store -> isRight("store_orders", store, stores.get(store)));
  }

  @Test
  @Tag("nightly")
  void anExecutionThatIsKilledAsleepIsReplacedByTheWatchdog() {
    Instant now = TestPlatform.CLOCK.instant();
    OracleEvent[] events =
        Stream.of(5, 30, 60, 180)
            .map(minutes -> now.minus(Duration.ofMinutes(minutes)).plus(AHEAD))
            .map(created -> put("store-of-the-dead", "city-of-the-dead", created))
            .toArray(OracleEvent[]::new);
    TestPlatform.await(() -> isRightEverywhere(events), LIMIT);
    killAllExecutions();
    assertThat(TestPlatform.CLOCK.instant()).as("killed asleep").isBefore(now.plus(AHEAD));

    Instant changed = now.plus(AHEAD).plusMillis(1);
    TestPlatform.await(() -> TestPlatform.CLOCK.instant().isAfter(changed), LIMIT);
    assertThat(isRightEverywhere(events)).as("while nobody wakes").isFalse();
    TestPlatform.await(() -> isRightEverywhere(events), LIMIT);
  }

  private static void allow(Redis state, AclSetuserArgs change) {
    String answer = state.ask(commands -> commands.aclSetuser("default", change));
    assertThat(answer).isEqualTo("OK");
  }

  private static void killAllExecutions() {
    URI endpoint = platform.platform().stateMachineEndpoint();
    try (SfnClient client =
        SfnClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build()) {
      String machine = System.getProperty("RECALCULATION_STATE_MACHINE_ARN");
      client
          .listExecutions(
              call -> call.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
          .executions()
          .forEach(each -> client.stopExecution(call -> call.executionArn(each.executionArn())));
    }
    assertThat(platform.platform().stateMachineCounters().running()).isZero();
  }

  private static OracleEvent put(String store, String city, Instant created) {
    String json =
        """
        {"eventId":"%1$s-%3$d","eventType":"ORDER_CREATED","occurredAt":%3$d,"orderId":"%1$s-%3$d",\
        "storeId":"%1$s","cityCode":"%2$s","totalAmount":10.5}"""
            .formatted(store, city, created.toEpochMilli());
    platform.put(
        List.of(new OutgoingEvent("order-created", store, json.getBytes(UTF_8), Optional.empty()))
            .iterator());
    return OracleEvent.parse(json);
  }

  private static boolean isRightEverywhere(OracleEvent... events) {
    return isRight("store_orders", "store-of-the-dead", events)
        && isRight("city_orders", "city-of-the-dead", events)
        && isRight("city_demand", "city-of-the-dead", events);
  }

  /** Returns whether the stored features of an entity equal the oracle at this moment. */
  private static boolean isRight(String group, String entity, OracleEvent... events) {
    Map<String, Double> stored =
        platform.store().readAll(group.substring(0, group.indexOf('_')), entity).entrySet().stream()
            .filter(field -> field.getKey().startsWith(group) && !field.getKey().contains("@"))
            .collect(
                Collectors.toMap(
                    field -> field.getKey().substring(group.length() + 1),
                    field -> Double.valueOf(field.getValue())));
    long now = TestPlatform.CLOCK.millis();
    return stored.equals(new Oracle(List.of(events)).features(group, entity, now));
  }
}
