package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.last;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the function as Lambda calls it: with the JSON of a Kinesis batch; it returns the failed
 * items.
 */
@Tag("verify")
class AggregatorHandlerTest {

  private static final byte[] WAITING = "letters:{dead-letters}".getBytes(UTF_8);

  private static FakeKinesis kinesis;
  private static CourierAcceptTimeHandler handler;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    kinesis = new FakeKinesis();
    System.setProperty("STATE_STORE_URL", TestRedis.url());
    System.setProperty("FEATURE_STORE_URL", TestRedis.url());
    System.setProperty("RESULTS_STREAM", "feature-results");
    System.setProperty("DEAD_LETTER_STREAM", "dead-letters");
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    System.setProperty("aws.cborEnabled", "false");
    System.setProperty("aws.endpointUrlKinesis", kinesis.endpoint());
    handler = new CourierAcceptTimeHandler();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @BeforeEach
  void acceptEverything() throws IOException {
    kinesis.refuse(partitionKey -> false);
    kinesis.refuseCalls("");
    kinesis.drain("feature-results");
    kinesis.drain("dead-letters");
    try (Redis redis = TestRedis.connect()) {
      redis.ask(commands -> commands.del(WAITING));
    }
  }

  @Test
  void aBatchIsFoldedIntoOneResultACourier() throws IOException {
    StreamsEventResponse response =
        handle(
            delivered("1", "fold-a", 10),
            delivered("2", "fold-b", 20),
            delivered("3", "fold-a", 30));

    assertThat(response.getBatchItemFailures()).isEmpty();
    List<JsonNode> results = kinesis.drain("feature-results");
    assertThat(results)
        .extracting(result -> result.get("key").asText())
        .containsExactly("fold-a", "fold-b");
    JsonNode first = results.get(0);
    assertThat(first.get("featureGroup").asText()).isEqualTo("courier_accept_time");
    assertThat(first.get("dimension").asText()).isEqualTo("courier");
    assertThat(first.get("trigger").asText()).isEqualTo("event");
    assertThat(first.get("validUntil").isNull()).isTrue();
    assertThat(first.get("features").toString())
        .isEqualTo("{\"count\":2,\"mean\":20,\"stddev\":14.142135623730951,\"p90\":28}");
  }

  @Test
  void anInvalidRecordBecomesADeadLetterAndTheBatchGoesOn() throws IOException {
    String bad = "{\"eventId\":\"bad\"}";
    StreamsEventResponse response =
        handle(delivered("1", "bury", 10), bad, delivered("2", "bury", 20));

    assertThat(response.getBatchItemFailures()).isEmpty();
    JsonNode letter = kinesis.drain("dead-letters").get(0);
    assertThat(letter.get("reason").asText()).isEqualTo("MISSING_MEMBER");
    assertThat(letter.get("featureGroup").asText()).isEqualTo("courier_accept_time");
    assertThat(letter.get("stream").asText()).isEqualTo("prod-order-delivered");
    assertThat(letter.get("shardId").asText()).isEqualTo("shardId-000000000006");
    assertThat(letter.get("sequenceNumber").asText()).isEqualTo("101");
    assertThat(new String(letter.get("payload").binaryValue(), UTF_8)).isEqualTo(bad);
    assertThat(kinesis.drain("feature-results").get(0).at("/features/count").asInt()).isEqualTo(2);
  }

  @Test
  void theLedgerHasWhatCameInAndHowItEnded() throws IOException {
    LedgerLine line =
        new LedgerLine("prod-order-delivered", "shardId-000000000006", "courier_accept_time");
    LedgerEntry before = ledger();
    handle(
        delivered("1", "ledger", 10), "{}", delivered("1", "ledger", 10), delivered("2", "x", 1));
    LedgerEntry after = ledger();

    assertThat(after.missing()).isEmpty();
    for (Fate fate : List.of(Fate.APPLIED, Fate.DUPLICATE, Fate.INVALID, Fate.IN)) {
      assertThat(after.count(line, fate) - before.count(line, fate))
          .as("%s", fate)
          .isEqualTo(
              switch (fate) {
                case IN -> 4;
                case APPLIED -> 2;
                default -> 1;
              });
    }
  }

  private static LedgerEntry ledger() {
    try (Redis redis = TestRedis.connect()) {
      return new StoredLedgers(redis)
          .read().stream()
              .filter(each -> each.function().equals("courier_accept_time"))
              .findFirst()
              .map(LedgerSums::sums)
              .orElseGet(LedgerEntry::new);
    }
  }

  @Test
  void theFirstRecordWhoseResultIsNotAcknowledgedIsReported() throws IOException {
    kinesis.refuse("courier:report-a"::equals); // the key of the record that both results share
    String[] batch = {
      delivered("1", "report-a", 10), delivered("2", "report-b", 20), delivered("3", "report-b", 30)
    };

    assertThat(handle(batch).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("100");

    kinesis.refuse(partitionKey -> false);
    assertThat(handle(batch).getBatchItemFailures()).isEmpty();
    assertThat(kinesis.drain("feature-results"))
        .filteredOn(result -> result.get("key").asText().equals("report-b"))
        .singleElement()
        .satisfies(result -> assertThat(result.at("/features/count").asInt()).isEqualTo(2));
  }

  @Test
  void anInvalidRecordWhoseLetterIsRefusedIsDoneAndTheLetterWaits() throws IOException {
    kinesis.refuse("key"::equals);
    assertThat(handle(delivered("1", "lost", 10), "garbage").getBatchItemFailures()).isEmpty();
    assertThat(kinesis.drain("dead-letters")).isEmpty();
    try (Redis redis = TestRedis.connect()) {
      long waiting = redis.ask(commands -> commands.llen(WAITING));
      assertThat(waiting).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ProvisionedThroughputExceededException", "LimitExceededException"})
  void theBatchComesAgainWhileAStreamIsThrottled(String reason) throws IOException {
    String[] batch = {delivered("1", reason, 10), "garbage", delivered("2", reason, 20)};
    kinesis.refuseCalls(reason);
    assertThat(handle(batch).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("100");
    assertThat(kinesis.drain("dead-letters")).isEmpty();

    kinesis.refuseCalls("");
    assertThat(handle(batch).getBatchItemFailures()).isEmpty();
    assertThat(kinesis.drain("dead-letters")).as("put, and perhaps waited").hasSizeBetween(1, 2);
    assertThat(kinesis.drain("feature-results"))
        .singleElement()
        .satisfies(result -> assertThat(result.at("/features/count").asInt()).isEqualTo(2));
  }

  @Test
  void theLargestRecordOfKinesisBecomesADeadLetterWithItsStart() throws IOException {
    String huge = "x".repeat((1 << 20) - 10);
    assertThat(handle(delivered("1", "huge", 10), huge).getBatchItemFailures()).isEmpty();
    JsonNode letter = kinesis.drain("dead-letters").get(0);
    assertThat(letter.get("reason").asText()).isEqualTo("TOO_LARGE");
    assertThat(letter.get("detail").asText()).contains("1048566 bytes, payload cut to its start");
    assertThat(letter.get("payload").binaryValue()).hasSize(700 * 1024);
    assertThat(kinesis.drain("feature-results")).hasSize(1);
  }

  @Test
  void aFunctionOfTwoGroupsPublishesBothAndWritesOneLetter() throws IOException {
    FeatureGroup count =
        FeatureGroup.named("courier_newest")
            .dimension(Orders.COURIER)
            .reads(Orders.ORDER_DELIVERED)
            .over(last(2), count())
            .build();
    AggregatorHandler both = new AggregatorHandler(CourierAcceptTimeHandler.FEATURES, count) {};

    StreamsEventResponse response =
        handle(
            both,
            delivered("1", "both", 10),
            delivered("2", "both", 20),
            "{\"eventId\":\"bad\"}",
            delivered("3", "both", -5));

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(kinesis.drain("feature-results"))
        .extracting(each -> each.get("featureGroup").asText() + each.at("/features/count"))
        .containsExactly("courier_accept_time2", "courier_newest2");
    assertThat(kinesis.drain("dead-letters"))
        .extracting(each -> each.get("reason").asText() + each.path("featureGroups"))
        .containsExactly(
            "MISSING_MEMBER[\"courier_accept_time\",\"courier_newest\"]", "NEGATIVE_DURATION");
  }

  private static String delivered(String event, String courier, int seconds) {
    long requested = 1_790_000_000_000L;
    return ("{\"eventId\":\"%s-%s\",\"eventType\":\"ORDER_DELIVERED\",\"occurredAt\":%d,"
            + "\"orderId\":%s,\"courierId\":\"%s\",\"courierRequestedAt\":%d,"
            + "\"courierAcceptedAt\":%d}")
        .formatted(
            courier, event, requested, event, courier, requested, requested + seconds * 1_000L);
  }

  /** Calls the function with one record for each payload; sequence numbers count from 100. */
  private StreamsEventResponse handle(String... payloads) throws IOException {
    return handle(handler, payloads);
  }

  private StreamsEventResponse handle(AggregatorHandler function, String... payloads)
      throws IOException {
    List<KinesisEvent.KinesisEventRecord> records = new ArrayList<>();
    for (String payload : payloads) {
      records.addAll(event(100 + records.size(), payload).getRecords());
    }
    KinesisEvent batch = new KinesisEvent();
    batch.setRecords(records);
    return function.handleRequest(batch, TestContext.ofRequest("request-1"));
  }

  private KinesisEvent event(int sequenceNumber, String payload) throws IOException {
    String template;
    try (var in = getClass().getResourceAsStream("/kinesis-event.json")) {
      template = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
    String data = Base64.getEncoder().encodeToString(payload.getBytes(UTF_8));
    Path file = folder.resolve(sequenceNumber + ".json");
    Files.writeString(file, template.formatted(sequenceNumber, data, "key"));
    return EventLoader.loadKinesisEvent(file.toString());
  }
}
