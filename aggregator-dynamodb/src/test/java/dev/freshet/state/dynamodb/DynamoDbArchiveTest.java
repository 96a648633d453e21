package dev.freshet.state.dynamodb;

import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archived;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.FaultyHttp.Fault;
import dev.freshet.stream.Retries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

@Tag("verify")
@Timeout(60)
class DynamoDbArchiveTest {

  private static final int LARGEST = 409_600;

  private final FeatureGroup group = HistoryGroups.parcels();
  private final FaultyHttp http = new FaultyHttp();
  private final DynamoDbClient client = TestTable.connect(http);
  private final DynamoDbArchive archive = archive(client);
  private final List<Integer> stored = new ArrayList<>();

  private DynamoDbArchive archive(DynamoDbClient of) {
    Retries noWait = new Retries(3, Duration.ZERO, Duration.ZERO, pause -> {});
    return new DynamoDbArchive(of, TestTable.NAME, group, noWait, Metrics.NONE);
  }

  @Test
  void anEntityIsReadAsItWasWritten() {
    for (Archived each :
        List.of(
            entity("a", 7, new byte[] {1, 2, 3}, NOON + 1_000),
            entity("ä|😀 \"x\"", 8, new byte[0], KeyState.FOREVER))) {
      write(each);
      Archived read = archive.read(List.of(each.entity())).get(each.entity());
      assertThat(read).usingRecursiveComparison().isEqualTo(each);
    }
    assertThat(stored).containsExactly(0, 0);
    assertThat(archive.read(List.of("nobody"))).isEmpty();
  }

  @Test
  void anItemNamesWhenItExpiresAndUntilWhenItIsValid() {
    write(entity("a", 7, new byte[] {1}, NOON + 1));
    Map<String, AttributeValue> item = item("a");
    assertThat(item.get("expires_at").n()).isEqualTo(Long.toString(NOON / 1_000 + 1));
    assertThat(item.get("valid_until").n()).isEqualTo(Long.toString(NOON + 5));
    assertThat(item.get("result").s()).contains("\"archived\":true");
    write(entity("b", 7, new byte[] {1}, KeyState.FOREVER));
    assertThat(item("b")).doesNotContainKey("expires_at");
  }

  @Test
  void aNewerVersionStays() {
    write(entity("a", 7, new byte[] {7}, NOON));
    write(entity("a", 6, new byte[] {6}, NOON));
    write(entity("a", 7, new byte[] {8}, NOON));
    assertThat(archive.read(List.of("a")).get("a").snapshot()).containsExactly(7);
    assertThat(stored).as("a newer version is as good").containsExactly(0, 0, 0);
    write(entity("a", 10, new byte[] {10}, NOON));
    assertThat(archive.read(List.of("a")).get("a").snapshot()).containsExactly(10);
  }

  @Test
  void anEntityThatWasForgottenIsNotThereAndNoOlderVersionComesBack() {
    Map<String, AttributeValue> tombstone = new HashMap<>();
    tombstone.put("id", AttributeValue.fromS(HistoryTable.id(group.name(), "a")));
    tombstone.put("version", AttributeValue.fromN("9"));
    var unused = client.putItem(call -> call.tableName(TestTable.NAME).item(tombstone));
    write(entity("a", 8, new byte[] {8}, NOON));
    assertThat(archive.read(List.of("a"))).isEmpty();
    write(entity("a", 10, new byte[] {10}, NOON));
    assertThat(archive.read(List.of("a"))).containsOnlyKeys("a");
  }

  @Test
  void manyEntitiesAreReadInFewCallsAndWrittenAllAtOnce() {
    List<String> names = IntStream.range(0, 250).mapToObj(i -> "e" + i).toList();
    List<Archived> items =
        names.stream().map(name -> entity(name, 1, name.getBytes(UTF_8), NOON)).toList();
    archive.write(items, stored::add);
    assertThat(stored).hasSize(250);
    http.heal();
    assertThat(archive.read(names)).hasSize(250);
    assertThat(http.requests()).isEqualTo(3);
  }

  @Test
  void groupsDoNotReadEachOthersEntities() {
    FeatureGroup neighbour = HistoryGroups.parcels();
    DynamoDbArchive other = new DynamoDbArchive(client, TestTable.NAME, neighbour, Metrics.NONE);
    write(entity("a", 1, new byte[] {1}, NOON));
    write(entity("b", 1, new byte[] {2}, NOON));
    other.write(List.of(entity("a", 1, new byte[] {3}, NOON)), stored::add);
    archive.declare(List.of(new byte[] {1}));
    List<String> all = new ArrayList<>();
    archive.readAll(page -> page.forEach(each -> all.add(each.entity())));
    assertThat(all).containsExactlyInAnyOrder("a", "b");
    assertThat(other.read(List.of("a", "b"))).containsOnlyKeys("a");
  }

  @Test
  void declarationsAreASet() {
    assertThat(archive.declarations()).isEmpty();
    archive.declare(List.of(new byte[] {1}, new byte[] {2}));
    archive.declare(List.of(new byte[] {2}, new byte[] {3}));
    assertThat(archive.declarations())
        .containsExactlyInAnyOrder(new byte[] {1}, new byte[] {2}, new byte[] {3});
  }

  @Test
  void anItemThatIsTooLargeIsLeftOutAndTheOthersAreStored() {
    archive.write(
        List.of(
            entity("a", 1, new byte[LARGEST], NOON),
            entity("b", 1, new byte[LARGEST - 2_000], NOON),
            entity("c", 1, new byte[1], NOON)),
        stored::add);
    assertThat(stored).containsExactly(1, 2);
    assertThat(archive.read(List.of("a", "b", "c"))).containsOnlyKeys("b", "c");
  }

  /** DynamoDB answers at most 16 MB, and leaves keys out when its table has no capacity left. */
  @Test
  void keysThatAreLeftOutOfAnAnswerAreAskedForAgain() {
    List<String> names = List.of("a", "b", "c");
    names.forEach(name -> write(entity(name, 1, new byte[] {1}, NOON)));
    List<Integer> asked = new ArrayList<>();
    DynamoDbClient sparing =
        new FakeClient() {
          @Override
          public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            KeysAndAttributes all = request.requestItems().get(TestTable.NAME);
            asked.add(all.keys().size());
            var first = all.toBuilder().keys(all.keys().subList(0, 1)).build();
            var rest = all.toBuilder().keys(all.keys().subList(1, all.keys().size())).build();
            BatchGetItemResponse answer =
                client.batchGetItem(
                    request.toBuilder().requestItems(Map.of(TestTable.NAME, first)).build());
            return all.keys().size() == 1
                ? answer
                : answer.toBuilder().unprocessedKeys(Map.of(TestTable.NAME, rest)).build();
          }
        };
    assertThat(archive(sparing).read(names)).containsOnlyKeys("a", "b", "c");
    assertThat(asked).containsExactly(3, 2, 1);
  }

  @Test
  void aTableThatGivesNothingIsNotAskedForEver() {
    DynamoDbClient exhausted =
        new FakeClient() {
          @Override
          public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            return BatchGetItemResponse.builder().unprocessedKeys(request.requestItems()).build();
          }
        };
    assertThatThrownBy(() -> archive(exhausted).read(List.of("a", "b")))
        .isInstanceOf(StateStoreException.class)
        .hasMessage("table history did not answer for 2 entities: see its throttled reads");
  }

  @Test
  void aThrottledCallIsTriedAgainAndFailsInTheEnd() {
    write(entity("a", 1, new byte[] {1}, NOON));
    http.plan(request -> request < 2 ? Fault.THROTTLED : Fault.NONE);
    assertThat(archive.read(List.of("a"))).containsOnlyKeys("a");
    http.plan(request -> Fault.THROTTLED);
    assertThatThrownBy(() -> archive.read(List.of("a")))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("throughput was exceeded");
    assertThat(http.requests()).isEqualTo(4);
  }

  @Test
  void whatWasStoredBeforeAFailureIsNamed() {
    List<Archived> items =
        IntStream.range(0, 200).mapToObj(i -> entity("e" + i, 1, new byte[] {1}, NOON)).toList();
    http.plan(request -> request < 50 ? Fault.NONE : Fault.THROTTLED);
    assertThatThrownBy(() -> archive.write(items, stored::add))
        .isInstanceOf(StateStoreException.class);
    assertThat(http.requests()).as("no calls after the failure").isLessThan(50 + 5 * 4 + 1);
    http.heal();
    List<String> names = stored.stream().map(i -> items.get(i).entity()).toList();
    assertThat(names).hasSize(50);
    assertThat(archive.read(names)).hasSize(50);
  }

  /** The first attempt has stored the item; the second finds it there. */
  @Test
  void aWriteWhoseAnswerIsLostCountsAsStored() {
    http.plan(request -> request == 0 ? Fault.LOST_ANSWER : Fault.NONE);
    write(entity("a", 1, new byte[] {1}, NOON));
    assertThat(stored).containsExactly(0);
  }

  @Test
  void aServerThatNeverAnswersCostsBoundedTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DynamoDbClient hung =
            TestTable.connect(
                UrlConnectionHttpClient.create(),
                URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> archive(hung).read(List.of("a")))
          .isInstanceOf(StateStoreException.class);
      List<Archived> items =
          IntStream.range(0, 50).mapToObj(i -> entity("e" + i, 1, new byte[1], NOON)).toList();
      assertThatThrownBy(() -> archive(hung).write(items, stored::add))
          .isInstanceOf(StateStoreException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private void write(Archived entity) {
    archive.write(List.of(entity), stored::add);
  }

  private Map<String, AttributeValue> item(String entity) {
    var key = Map.of("id", AttributeValue.fromS(HistoryTable.id(group.name(), entity)));
    return client.getItem(call -> call.tableName(TestTable.NAME).key(key)).item();
  }

  private Archived entity(String name, long version, byte[] snapshot, long expiresAt) {
    FeatureResult result =
        new FeatureResult(
            group.name(),
            "worker",
            name,
            version,
            NOON,
            NOON - 1,
            OptionalLong.of(NOON + 5),
            OptionalLong.empty(),
            Trigger.RECALCULATION,
            List.of(new FeatureValue("count_lifetime", 3)),
            List.of("mean_lifetime"),
            true);
    return new Archived(name, version, snapshot, result, expiresAt);
  }

  private abstract static class FakeClient implements DynamoDbClient {
    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
