package dev.freshet.state.dynamodb;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.result.ArchivedResults;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.dynamodb.ArchivedEntities;
import dev.freshet.testing.dynamodb.TestDynamoDb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads of stored results from an emulated DynamoDB, over HTTP. */
@Tag("verify")
class DynamoDbResultsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final TestDynamoDb DYNAMODB = TestDynamoDb.start(Path.of(".."));

  private final DynamoDbResults results = new DynamoDbResults(DYNAMODB.client(), TABLE, TIMEOUT);
  private final ArchivedEntities one = new ArchivedEntities(DYNAMODB.client(), TestGroups.demand());
  private final ArchivedEntities other =
      new ArchivedEntities(DYNAMODB.client(), TestGroups.demand());

  @AfterAll
  static void stop() {
    DYNAMODB.close();
  }

  @Test
  void theResultsOfSeveralGroupsAreFoundInOneCall() {
    one.store("a|b", 1, 7);
    other.store("a|b", 2, 8);
    one.store("日本😀", 3, 0.1);
    ArchivedResults.Key unknown = ArchivedResults.Key.of(one.result("unknown", 1, 1));

    assertThat(
            results.read(
                List.of(
                    ArchivedResults.Key.of(one.result("a|b", 1, 7)),
                    unknown,
                    ArchivedResults.Key.of(other.result("a|b", 2, 8)),
                    ArchivedResults.Key.of(one.result("日本😀", 3, 0.1)))))
        .containsExactlyInAnyOrder(
            one.result("a|b", 1, 7), other.result("a|b", 2, 8), one.result("日本😀", 3, 0.1));
    assertThat(results.read(List.of(unknown))).isEmpty();
    assertThat(results.read(List.of())).isEmpty();
  }

  @Test
  void aForgottenEntityAndOneThatNoItemCanHoldAreNotFoundAndHinderNoOther() {
    one.store("kept", 1, 7);
    one.store("forgotten", 1, 7);
    ArchivedResults.Key forgotten = ArchivedResults.Key.of(one.result("forgotten", 1, 7));
    new HistoryEraser(DYNAMODB.client(), TABLE)
        .putTombstone(forgotten.featureGroup(), "forgotten", 2, Instant.EPOCH);
    ArchivedResults.Key tooLong =
        new ArchivedResults.Key(forgotten.featureGroup(), "é".repeat(1_024));

    DynamoDbClient likeDynamoDb = new Answering(DYNAMODB.client(), this::refuseTooLong);
    DynamoDbResults strict = new DynamoDbResults(likeDynamoDb, TABLE, TIMEOUT);
    assertThat(
            strict.read(
                List.of(forgotten, tooLong, ArchivedResults.Key.of(one.result("kept", 1, 7)))))
        .containsExactly(one.result("kept", 1, 7));
    assertThat(strict.read(List.of(tooLong))).isEmpty();
  }

  /**
   * Refuses what the emulator takes and DynamoDB refuses: a request with a key that is too long.
   */
  private BatchGetItemResponse refuseTooLong(BatchGetItemRequest request) {
    for (Map<String, AttributeValue> key : request.requestItems().get(TABLE).keys()) {
      if (key.get(HistoryTable.ID).s().getBytes(UTF_8).length > 2_048) {
        throw DynamoDbException.builder().message("size of hashkey has exceeded 2048").build();
      }
    }
    return DYNAMODB.client().batchGetItem(request);
  }

  /** A client that answers requests in a way of its own. */
  private record Answering(
      DynamoDbClient client, Function<BatchGetItemRequest, BatchGetItemResponse> answer)
      implements DynamoDbClient {

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      return answer.apply(request);
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {}
  }

  @Test
  void keysThatAnAnswerLeavesOutAreReadAgain() {
    List<ArchivedResults.Key> keys = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      one.store("part" + i, 1, i);
      keys.add(ArchivedResults.Key.of(one.result("part" + i, 1, i)));
    }
    DynamoDbClient firstOnly = new Answering(DYNAMODB.client(), this::answerFirst);
    assertThat(new DynamoDbResults(firstOnly, TABLE, TIMEOUT).read(keys))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 4).mapToObj(i -> one.result("part" + i, 1, i)).toList());
  }

  private BatchGetItemResponse answerFirst(BatchGetItemRequest request) {
    KeysAndAttributes all = request.requestItems().get(TABLE);
    KeysAndAttributes first = all.toBuilder().keys(all.keys().subList(0, 1)).build();
    List<Map<String, AttributeValue>> left = all.keys().subList(1, all.keys().size());
    BatchGetItemResponse answer =
        DYNAMODB.client().batchGetItem(call -> call.requestItems(Map.of(TABLE, first)));
    return left.isEmpty()
        ? answer
        : answer.toBuilder()
            .unprocessedKeys(Map.of(TABLE, all.toBuilder().keys(left).build()))
            .build();
  }

  @Test
  void aDynamoDbThatHangsIsWaitedForNoLongerThanTheTimeout() throws Exception {
    try (TestDynamoDb hanging = TestDynamoDb.start(Path.of(".."))) {
      DynamoDbResults bounded = new DynamoDbResults(hanging.client(), TABLE, SHORT);
      assertThat(bounded.read(List.of(new ArchivedResults.Key("g", "1")))).isEmpty();
      hanging.signal("STOP");
      long start = System.nanoTime();
      assertThatThrownBy(() -> bounded.read(List.of(new ArchivedResults.Key("g", "1"))))
          .isInstanceOf(StateStoreException.class)
          .hasMessage("table history: no answer within PT0.4S");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, TIMEOUT);
      hanging.signal("CONT");
    }
  }

  @Test
  void throttledReadsAreTriedAgainUntilTheTimeout() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer throttled =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    throttled.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              "{\"Responses\":{},\"UnprocessedKeys\":{\"history\":{\"Keys\":[{\"id\":{\"S\":\"g|1\"}}]}}}"
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    throttled.start();
    URI endpoint = URI.create("http://127.0.0.1:" + throttled.getAddress().getPort());
    try (DynamoDbClient client = DynamoDbTables.connect(endpoint)) {
      DynamoDbResults bounded = new DynamoDbResults(client, TABLE, SHORT);
      assertThatThrownBy(() -> bounded.read(List.of(new ArchivedResults.Key("g", "1"))))
          .isInstanceOf(StateStoreException.class)
          .hasMessage(
              "table history did not answer for 1 entities within PT0.4S: see its throttled reads");
      assertThat(calls).hasValueBetween(2, 6);
    } finally {
      throttled.stop(0);
    }
  }

  @Test
  void aTableThatDoesNotExistIsNamed() {
    DynamoDbResults wrong = new DynamoDbResults(DYNAMODB.client(), "nothing", TIMEOUT);
    assertThatThrownBy(() -> wrong.read(List.of(new ArchivedResults.Key("g", "1"))))
        .isInstanceOf(StateStoreException.class)
        .hasMessageStartingWith("table nothing: ");
  }
}
