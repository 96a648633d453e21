package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.city.SimulatedCity;
import dev.freshet.datadog.FakeDatadog;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.SampleEvents;
import dev.freshet.featurestore.FeatureStoreSubscriber;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.function.RecalculationHandler;
import dev.freshet.function.WatchdogHandler;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the artifacts as Lambda runs them: each function from its jar, with its own memory and
 * environment variables, with AWS's runtime interface client.
 */
@EnabledOnOs(OS.LINUX)
@Tag("verify")
class ArtifactIT extends ArtifactSetUp {

  private static final List<String> SAMPLE_DATA =
      List.of("Hello, this is a test.", "This is only a test.");

  @ParameterizedTest(name = "{0}")
  @MethodSource("groups")
  void aFeatureGroupPublishesFeatures(FunctionDefinition function) throws Exception {
    FeatureGroup declared = groupOf(function);
    String group = declared.name();
    start(function);

    buriesTheSampleOfAws("NOT_JSON", group);
    for (String stream : functions.streamsOf(function)) {
      doesAllOf(batch(function, stream, events(declared, stream)));
    }

    assertThat(deadLetters.drain()).isEmpty();
    assertThat(results.drain())
        .as(process::log)
        .isNotEmpty()
        .allSatisfy(
            result -> {
              assertThat(result.get("featureGroup").asText()).isEqualTo(group);
              assertThat(result.get("features")).isNotEmpty();
            });
    staysWithinItsMemory(function);
  }

  @Test
  void theSubscriberStoresResults() throws Exception {
    FunctionDefinition function = functions.named("feature-store-subscriber");
    start(function);

    buriesTheSampleOfAws("NOT_A_RESULT", "feature_store_subscriber");
    doesAllOf(unpickedResult(function));

    try (FeatureStoreReader store = FeatureStoreReader.connect(functions.featureStoreUrl())) {
      assertThat(store.readAll("store", "45"))
          .containsEntry("store_orders:unpicked", "3")
          .containsEntry("store_orders:@version", "7");
    }
    staysWithinItsMemory(function);
  }

  @Test
  void theStateMachineRecalculatesFeaturesThatTimeChanges() throws Exception {
    FunctionDefinition function = functions.named("city-demand");
    start(function);
    doesAllOf(orderCreated(function, "warm-up", CLOCK.instant()));

    Instant almostAMinuteAgo = CLOCK.instant().minusSeconds(50);
    doesAllOf(orderCreated(function, "c1", almostAMinuteAgo));

    JsonNode recalculated =
        results.await(
            result ->
                result.get("key").asText().equals("c1")
                    && result.get("trigger").asText().equals("recalculation"));
    assertThat(recalculated.get("featureGroup").asText()).isEqualTo("city_demand");
    assertThat(recalculated.at("/features/created_1m").asInt()).isZero();
    assertThat(recalculated.at("/features/created_5m").asInt()).isOne();
    assertThat(functions.executions().lambdaErrors()).isZero();
  }

  @Test
  void metricsReachDatadogAsInvocationsEnd() throws Exception {
    FunctionDefinition function = functions.named("courier-accept-time");
    try (FakeDatadog intake = new FakeDatadog()) {
      process = functions.start(function, Map.of("DD_API_KEY", "a-key", "DD_URL", intake.url()));
      Instant deadline = CLOCK.instant().plusSeconds(60);
      int batches = 0;
      while (intake.targets().isEmpty() && CLOCK.instant().isBefore(deadline)) {
        doesAllOf(batch(function, "order-delivered", List.of("x".getBytes(UTF_8))));
        batches++;
      }
      assertThat(intake.targets()).as(process::log).contains("POST /api/v1/series?api_key=a-key");
      assertThat(intake.values("freshet.events.invalid", "feature_group:courier_accept_time"))
          .containsExactly((double) batches);
      assertThat(intake.tags())
          .contains(
              "service:freshet", "env:local", "instance:local", "function:" + function.name());
      assertThat(process.log()).doesNotContain("a-key").contains("\"request_id\":\"");
    }
  }

  @Test
  void aHandlerThatIsNotInTheJarIsAnError() {
    FunctionDefinition function = functions.named("city-demand");
    String absent = function.handler() + "Absent";
    start(
        new FunctionDefinition(
            function.name(),
            absent,
            function.artifact(),
            function.memoryMegabytes(),
            function.timeout(),
            function.environment()));

    assertThatThrownBy(() -> invoke("{}".getBytes(UTF_8)))
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContainingAll("Class not found: " + absent, "its log:");
  }

  @Test
  void noFunctionOfTheTemplateIsLeftOut() {
    assertThat(DeployedFunctions.template().functions())
        .filteredOn(function -> !isGroup(function))
        .extracting(FunctionDefinition::handler)
        .containsExactlyInAnyOrder(
            FeatureStoreSubscriber.class.getName(),
            RecalculationHandler.class.getName(),
            WatchdogHandler.class.getName());
  }

  static Stream<Named<FunctionDefinition>> groups() {
    return DeployedFunctions.template().functions().stream()
        .filter(ArtifactIT::isGroup)
        .map(function -> Named.of(function.name(), function));
  }

  private static boolean isGroup(FunctionDefinition function) {
    return AggregatorHandler.class.isAssignableFrom(handlerOf(function));
  }

  private static FeatureGroup groupOf(FunctionDefinition function)
      throws ReflectiveOperationException {
    Object handler = handlerOf(function).getConstructor().newInstance();
    return ((AggregatorHandler) handler).groups().get(0);
  }

  private static Class<?> handlerOf(FunctionDefinition function) {
    try {
      return Class.forName(function.handler());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(function + " has no handler", e);
    }
  }

  private void start(FunctionDefinition function) {
    process = functions.start(function);
  }

  private void buriesTheSampleOfAws(String reason, String featureGroup) throws IOException {
    doesAllOf(resource("kinesis-event-of-aws.json"));
    List<JsonNode> letters = deadLetters.drain();
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.get("reason").asText()).isEqualTo(reason);
              assertThat(letter.get("featureGroup").asText()).isEqualTo(featureGroup);
              assertThat(letter.get("stream").asText()).isEqualTo("lambda-stream");
            })
        .extracting(letter -> new String(letter.get("payload").binaryValue(), UTF_8))
        .containsExactlyElementsOf(SAMPLE_DATA);
  }

  private void staysWithinItsMemory(FunctionDefinition function) throws IOException {
    long peakMegabytes = process.peakMemoryBytes() >> 20;
    assertThat(peakMegabytes).as("peak memory in MiB").isLessThan(function.memoryMegabytes());
  }

  /** The events of the city, and one of each type that the group reads, as a city has few types. */
  private static List<byte[]> events(FeatureGroup group, String stream) {
    return Stream.concat(
            cityEvents(stream).stream(),
            SampleEvents.of(group, CLOCK.instant()).stream()
                .filter(sample -> sample.stream().equals(stream))
                .map(sample -> bytes(sample.data())))
        .toList();
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  /** An hour of a small city, as far as it is in one stream. */
  private static List<byte[]> cityEvents(String stream) {
    Instant now = CLOCK.instant();
    return new SimulatedCity(1, 5, now.minus(Duration.ofHours(1)))
        .until(now).stream()
            .filter(event -> event.stream().equals(stream))
            .map(OutgoingEvent::json)
            .toList();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource = ArtifactIT.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    }
  }
}
