package dev.freshet.state.dynamodb;

import static dev.freshet.metrics.Metric.ARCHIVE_ERRORS;
import static dev.freshet.metrics.Metric.ARCHIVE_READS;
import static dev.freshet.state.dynamodb.HistoryTable.ENTRIES;
import static dev.freshet.state.dynamodb.HistoryTable.ID;
import static dev.freshet.state.dynamodb.HistoryTable.SNAPSHOT;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.Retries;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The archive of one feature group in a DynamoDB table, which all groups share. {@link
 * HistoryTable} names its items and attributes.
 *
 * <p>Safe for use by several threads.
 */
public final class DynamoDbArchive implements Archive {

  /** A limit of BatchGetItem. */
  private static final int MOST_KEYS = 100;

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 4;

  private final DynamoDbClient client;
  private final String table;
  private final String group;
  private final ItemCodec codec;
  private final ItemWriter writer;
  private final Retries retries;
  private final Metrics metrics;

  public DynamoDbArchive(DynamoDbClient client, String table, FeatureGroup group, Metrics metrics) {
    this(
        client,
        table,
        group,
        Retries.inRealTime(ATTEMPTS, Duration.ofMillis(50), Duration.ofMillis(400)),
        metrics);
  }

  /**
   * @param retries the back-off for keys that DynamoDB leaves out of an answer
   */
  DynamoDbArchive(
      DynamoDbClient client, String table, FeatureGroup group, Retries retries, Metrics metrics) {
    this.client = client;
    this.table = table;
    this.group = group.name();
    this.codec = new ItemCodec(this.group);
    this.writer = new ItemWriter(client, table, codec, metrics);
    this.retries = retries;
    this.metrics = metrics;
  }

  /** Creates a client whose calls, with their retries, end within five seconds. */
  public static DynamoDbClient client(SdkHttpClient http) {
    return clientBuilder(http).build();
  }

  static DynamoDbClientBuilder clientBuilder(SdkHttpClient http) {
    return DynamoDbClient.builder()
        .httpClient(http)
        .overrideConfiguration(
            call ->
                call.apiCallTimeout(CALL_TIMEOUT)
                    .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                    .retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)));
  }

  @Override
  public Map<String, Archived> read(Collection<String> entities) {
    List<Map<String, AttributeValue>> keys =
        entities.stream().distinct().map(each -> key(HistoryTable.id(group, each))).toList();
    Map<String, Archived> found = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MOST_KEYS) {
      read(keys.subList(from, Math.min(keys.size(), from + MOST_KEYS)), found);
    }
    metrics.count(ARCHIVE_READS, keys.size());
    return found;
  }

  private void read(List<Map<String, AttributeValue>> keys, Map<String, Archived> found) {
    List<Map<String, AttributeValue>> left = keys;
    for (int fruitless = 0; !left.isEmpty(); ) {
      BatchGetItemResponse answer = readOnce(left);
      answer.responses().getOrDefault(table, List.of()).stream()
          .map(codec::read)
          .filter(Objects::nonNull)
          .forEach(each -> found.put(each.entity(), each));
      KeysAndAttributes unread = answer.unprocessedKeys().get(table);
      int before = left.size();
      left = unread == null ? List.of() : unread.keys();
      fruitless = left.size() < before ? 0 : fruitless + 1;
      pause(left.size(), fruitless);
    }
  }

  private BatchGetItemResponse readOnce(List<Map<String, AttributeValue>> keys) {
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    return checked(() -> client.batchGetItem(call -> call.requestItems(Map.of(table, wanted))));
  }

  private void pause(int left, int fruitless) {
    try {
      if (fruitless >= retries.attempts()) {
        metrics.count(ARCHIVE_ERRORS, 1);
        throw new StateStoreException(
            "table %s did not answer for %d entities: see its throttled reads"
                .formatted(table, left),
            null);
      }
      if (left > 0) {
        retries.pauseAfter(fruitless);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateStoreException("interrupted while reading table " + table, e);
    }
  }

  @Override
  public void write(List<Archived> items, IntConsumer stored) {
    writer.write(items, stored);
  }

  @Override
  public void readAll(Consumer<List<Archived>> receiver) {
    Map<String, AttributeValue> prefix =
        Map.of(":group", AttributeValue.fromS(HistoryTable.id(group, "")));
    var unused =
        checked(
            () -> {
              client
                  .scanPaginator(
                      scan ->
                          scan.tableName(table)
                              .consistentRead(true)
                              .filterExpression(
                                  "begins_with(#id, :group) AND attribute_exists(#state)")
                              .expressionAttributeNames(Map.of("#id", ID, "#state", SNAPSHOT))
                              .expressionAttributeValues(prefix))
                  .forEach(
                      page -> receiver.accept(page.items().stream().map(codec::read).toList()));
              return table;
            });
  }

  @Override
  public List<byte[]> declarations() {
    AttributeValue entries =
        checked(
                () ->
                    client.getItem(
                        call ->
                            call.tableName(table)
                                .consistentRead(true)
                                .key(key(HistoryTable.declarations(group)))))
            .item()
            .get(ENTRIES);
    return entries == null ? List.of() : entries.bs().stream().map(SdkBytes::asByteArray).toList();
  }

  @Override
  public void declare(List<byte[]> entries) {
    var added = AttributeValue.fromBs(entries.stream().map(SdkBytes::fromByteArray).toList());
    var unused =
        checked(
            () ->
                client.updateItem(
                    call ->
                        call.tableName(table)
                            .key(key(HistoryTable.declarations(group)))
                            .updateExpression("ADD #entries :added")
                            .expressionAttributeNames(Map.of("#entries", ENTRIES))
                            .expressionAttributeValues(Map.of(":added", added))));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of(ID, AttributeValue.fromS(id));
  }

  private <T> T checked(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      metrics.count(ARCHIVE_ERRORS, 1);
      throw new StateStoreException("table " + table + ": " + e.getMessage(), e);
    }
  }
}
