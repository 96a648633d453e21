package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.featurestore.FeatureStoreReader;
import dev.freshet.testing.Oracle;
import dev.freshet.testing.OracleEvent;
import dev.freshet.testing.RandomHistory;
import dev.freshet.testing.RandomHistory.Arrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Events into the streams, features out of the store, through everything that is deployed. */
class PlatformIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Platform platform;
  private static KinesisClient kinesis;
  private static FeatureStoreReader store;

  @BeforeAll
  static void start() throws IOException {
    PlatformOptions options =
        new PlatformOptions(Path.of("..").toRealPath(), freePort(), freePort(), freePort());
    platform = Platform.start(options, CLOCK);
    kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
    store = FeatureStoreReader.connect(platform.featureStoreUrl());
  }

  @AfterAll
  static void stop() {
    store.close();
    kinesis.close();
    platform.close();
  }

  @Test
  void featuresEqualTheOracleAndGarbageIsDeadLettered() throws InterruptedException, IOException {
    long now = CLOCK.millis();
    Random random = new Random(7);
    List<Arrival> arrivals = new RandomHistory(7, now - 190 * 60_000L).arrivals(150);
    List<Garbage> kinds = List.of(Garbage.values());
    List<String> lines = new ArrayList<>();
    List<OracleEvent> valid = new ArrayList<>();
    Map<String, Integer> garbage = new TreeMap<>();
    for (Arrival arrival : arrivals) {
      OracleEvent event = OracleEvent.parse(arrival.json());
      if (event.occurredAt() <= now + 50 * 60_000L) {
        lines.add(arrival.json());
        valid.add(event);
      }
      if (random.nextInt(10) == 0) {
        Garbage bad = kinds.get(random.nextInt(kinds.size()));
        lines.add(bad.line(now));
        garbage.merge(bad.reason(), 1, Integer::sum);
      }
    }

    put(lines);
    Instant put = CLOCK.instant();
    await(() -> platform.haveDoneEventsOf(put));
    Instant published = CLOCK.instant();
    await(() -> platform.haveStoredResultsOf(published));

    Expectations expectations = new Expectations(new Oracle(valid), store);
    expectations.check("courier", "courierId", "courier_accept_time", "ORDER_DELIVERED");
    expectations.check("customer", "customerId", "customer_waiting_time", "ORDER_DELIVERED");
    expectations.check("store", "storeId", "store_delivery_time", "ORDER_DELIVERED");
    expectations.check("store", "storeId", "store_preparation_time", "ORDER_PICKED");
    expectations.check("store", "storeId", "store_orders", "ORDER_CREATED", "ORDER_PICKED");
    expectations.check("city", "cityCode", "city_orders", "ORDER_CREATED", "ORDER_DELIVERED");
    expectations.check("city", "cityCode", "city_demand", "ORDER_CREATED");
    assertThat(expectations.compared()).isGreaterThan(100);
    assertThat(deadLetters("city_demand")).isEqualTo(garbage);
    assertThat(platform.failure()).isEmpty();
  }

  /** Every line into the stream of its type; what has none, into the one of created orders. */
  private static void put(List<String> lines) {
    for (String line : lines) {
      String stream =
          line.contains("\"eventType\":\"ORDER_") && !line.contains("ORDER_CREATED")
              ? line.replaceAll("(?s).*\"ORDER_([A-Z]+)\".*", "order-$1").toLowerCase(Locale.ROOT)
              : "order-created";
      var response =
          kinesis.putRecords(
              call ->
                  call.streamName(stream)
                      .records(
                          PutRecordsRequestEntry.builder()
                              .partitionKey(Integer.toString(line.hashCode()))
                              .data(SdkBytes.fromString(line, UTF_8))
                              .build()));
      assertThat(response.failedRecordCount()).isZero();
    }
  }

  /** The dead letters of a group: how many of each reason. */
  private static Map<String, Integer> deadLetters(String group) throws IOException {
    String shard =
        kinesis.listShards(call -> call.streamName("dead-letters")).shards().get(0).shardId();
    String iterator =
        kinesis
            .getShardIterator(
                call ->
                    call.streamName("dead-letters")
                        .shardId(shard)
                        .shardIteratorType("TRIM_HORIZON"))
            .shardIterator();
    Map<String, Integer> reasons = new TreeMap<>();
    for (var record : kinesis.getRecords(call -> call.shardIterator(iterator)).records()) {
      JsonNode letter = JSON.readTree(record.data().asByteArray());
      if (letter.get("featureGroup").asText().equals(group)) {
        reasons.merge(letter.get("reason").asText(), 1, Integer::sum);
        assertThat(Base64.getDecoder().decode(letter.get("payload").asText())).isNotNull();
      }
    }
    return reasons;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = CLOCK.instant().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      assertThat(CLOCK.instant()).as("the platform is still busy").isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
