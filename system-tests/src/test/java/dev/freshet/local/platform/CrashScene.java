package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.lambdas.OrderJson;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.testing.EventJson;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One batch in a function that dies, and the expected outcome. */
final class CrashScene {

  /** The kinds of functions, and the fixed order of their steps. */
  enum Kind {
    LAST_EVENTS(
        "courier-accept-time",
        "order-delivered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "SCRIPT not sent",
        "SCRIPT not answered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "PutRecords not sent",
        "PutRecords not answered"),
    DIRECT(
        "courier-accept-time",
        "order-delivered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "SCRIPT not sent",
        "SCRIPT not answered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "EVAL not sent",
        "EVAL not answered",
        "PutRecords not sent",
        "PutRecords not answered"),
    TIMELINE(
        "city-orders",
        "order-created",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "PutRecords not sent",
        "PutRecords not answered",
        "StartExecution not sent",
        "StartExecution not answered"),
    SNAPSHOT(
        "courier-accept-time",
        "order-delivered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "PutRecords not sent",
        "PutRecords not answered"),
    INDEX_AND_SNAPSHOT(
        "city-orders",
        "order-created",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "ZADD not sent",
        "ZADD not answered",
        "EVALSHA not sent",
        "EVALSHA not answered",
        "PutRecords not sent",
        "PutRecords not answered"),
    SUBSCRIBER(
        "feature-store-subscriber", "feature-results", "EVALSHA not sent", "EVALSHA not answered");

    private final String function;
    private final String stream;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> points;

    Kind(String function, String stream, String... points) {
      this.function = function;
      this.stream = stream;
      this.points = List.of(points);
    }

    /** The function's name in {@code serverless.yml}. */
    String function() {
      return function;
    }

    /** The settings of its own. */
    Map<String, String> settings() {
      return this == DIRECT ? Map.of("FEATURE_STORE_WRITES", "direct") : Map.of();
    }

    /** The steps that it takes in this order, perhaps with others in between. */
    List<String> points() {
      return points;
    }
  }

  private static final Clock CLOCK = Clock.systemUTC();
  private static final int EVENTS = 60;

  /** Batches of one event each, too few for a snapshot; the rest makes one due by its bytes. */
  private static final int BATCHES_BEFORE = 8;

  private final String key = UUID.randomUUID().toString();
  private final Kind kind;
  private final DeployedFunctions functions;
  private final StreamReader results;
  private final boolean hasBefore;
  private final List<String> records;
  private final List<String> before;

  CrashScene(Kind kind, DeployedFunctions functions, StreamReader results) {
    this.kind = kind;
    this.functions = functions;
    this.results = results;
    this.hasBefore = kind == Kind.SNAPSHOT || kind == Kind.INDEX_AND_SNAPSHOT;
    this.records =
        switch (kind) {
          case LAST_EVENTS, DIRECT, SNAPSHOT -> deliveries().toList();
          case TIMELINE, INDEX_AND_SNAPSHOT -> orders().toList();
          case SUBSCRIBER -> List.of(result("a", 1), result("a", 3), result("b", 2));
        };
    this.before =
        records.subList(hasBefore ? EVENTS - BATCHES_BEFORE : records.size(), records.size());
  }

  /** Processes the oldest events in another process, before the batch. */
  void before(FunctionProcess other) throws IOException {
    for (String each : before) {
      other.invoke(batch(List.of(each)), "before");
    }
  }

  /** Returns the rest, and one event a second time, for which the index is always updated. */
  byte[] batch() throws IOException {
    List<String> batch = new ArrayList<>(records.subList(0, records.size() - before.size()));
    before.stream().limit(1).forEach(batch::add);
    return batch(batch);
  }

  /** Runs other processes between the death and the second delivery. */
  void meanwhile(FunctionProcess other) throws IOException {
    if (kind == Kind.SUBSCRIBER) {
      other.invoke(batch(List.of(result("b", 4))), "newer");
    }
  }

  /**
   * Describes the final state, for people to read.
   *
   * @throws AssertionError if an event is lost or counts twice
   */
  String outcome() throws IOException {
    if (kind == Kind.SUBSCRIBER) {
      assertThat(stored("store", "a")).containsEntry("g:@version", "3").containsEntry("g:v", "3");
      assertThat(stored("store", "b")).containsEntry("g:@version", "4").containsEntry("g:v", "4");
      return "the newest of each is stored";
    }
    TreeMap<Long, JsonNode> published = new TreeMap<>();
    for (JsonNode result : results.drain()) {
      if (result.get("key").asText().equals(key)) {
        assertThat(published.put(result.get("version").asLong(), result)).isNull();
      }
    }
    JsonNode newest = published.lastEntry().getValue();
    Map<String, Double> expected =
        new Oracle(records.stream().map(OracleEvent::parse).toList())
            .features(newest.get("featureGroup").asText(), key, newest.get("computedAt").asLong());
    assertThat(newest.get("features").size()).isEqualTo(expected.size());
    expected.forEach(
        (name, value) ->
            assertThat(newest.get("features").get(name).asDouble())
                .as(name)
                .isCloseTo(value, within(1e-9 * value + 1e-12)));
    if (kind == Kind.DIRECT) {
      checkStored(newest);
    }
    return "0 of %d events lost, 0 double; results: %d".formatted(records.size(), published.size());
  }

  /** Checks that the feature store has a result as a whole. */
  private void checkStored(JsonNode result) {
    String prefix = result.get("featureGroup").asText() + ":";
    Map<String, String> stored = stored(result.get("dimension").asText(), "");
    assertThat(stored).containsEntry(prefix + "@version", result.get("version").asText());
    result
        .get("features")
        .properties()
        .forEach(
            each ->
                assertThat(Double.parseDouble(stored.get(prefix + each.getKey())))
                    .isEqualTo(each.getValue().asDouble()));
  }

  private Map<String, String> stored(String dimension, String entity) {
    try (FeatureStoreReader store = FeatureStoreReader.connect(functions.featureStoreUrl())) {
      return store.readAll(dimension, key + entity);
    }
  }

  private byte[] batch(List<String> lines) throws IOException {
    List<byte[]> data = new ArrayList<>();
    lines.forEach(line -> data.add(line.getBytes(UTF_8)));
    return KinesisEvents.of(
        DeployedFunctions.ACCOUNT, functions.named(kind.function).name(), kind.stream, data);
  }

  /** More than are held. */
  private Stream<String> deliveries() {
    long now = CLOCK.millis();
    return IntStream.range(0, EVENTS)
        .mapToObj(i -> OrderJson.delivery(id(i), now - 1_000L * i, key, i).toString());
  }

  private Stream<String> orders() {
    long now = CLOCK.millis();
    return IntStream.range(0, EVENTS)
        .mapToObj(
            i ->
                OrderJson.event(
                        i % 3 == 0 ? "ORDER_DELIVERED" : "ORDER_CREATED", id(i), now - 1_000L * i)
                    .with("orderId", EventJson.quoted(id(i / 3 * 3)))
                    .with("cityCode", EventJson.quoted(key))
                    .toString());
  }

  /** Returns an id; if a snapshot is to be due, one that has nothing in common with the others. */
  private String id(int number) {
    String id = key + number;
    return hasBefore ? UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).toString() : id;
  }

  private String result(String entity, int version) {
    return ("{\"featureGroup\":\"g\",\"dimension\":\"store\",\"key\":\"%s\",\"version\":%d,"
            + "\"computedAt\":1,\"eventTime\":1,\"validUntil\":null,\"trigger\":\"event\","
            + "\"features\":{\"v\":%d}}")
        .formatted(key + entity, version, version);
  }
}
