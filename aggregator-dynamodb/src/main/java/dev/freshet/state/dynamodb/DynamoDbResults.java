package dev.freshet.state.dynamodb;

import static dev.freshet.state.dynamodb.HistoryTable.ID;
import static dev.freshet.state.dynamodb.HistoryTable.RESULT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.ArchivedResults;
import dev.freshet.result.FeatureResult;
import dev.freshet.state.StateStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The results of the table of entities with history, for serving. Reads are eventually consistent,
 * at half the price: an entity is stored long before Redis forgets it.
 *
 * <p>Safe for use by several threads.
 */
public final class DynamoDbResults implements ArchivedResults {

  /** A limit of DynamoDB for a key; no item can have a longer one. */
  private static final int LONGEST_ID = 2_048;

  private static final long FIRST_PAUSE_MILLIS = 20;

  private final DynamoDbClient client;
  private final String table;
  private final Duration timeout;

  /**
   * @param timeout the longest time that a read takes, with everything that is tried again
   */
  public DynamoDbResults(DynamoDbClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.timeout = timeout;
  }

  @Override
  public Collection<FeatureResult> read(Collection<Key> keys) {
    List<Map<String, AttributeValue>> left =
        keys.stream()
            .map(key -> HistoryTable.id(key.featureGroup(), key.entity()))
            .filter(id -> id.getBytes(UTF_8).length <= LONGEST_ID)
            .map(id -> Map.of(ID, AttributeValue.fromS(id)))
            .toList();
    List<FeatureResult> found = new ArrayList<>();
    long deadline = System.nanoTime() + timeout.toNanos();
    for (long pause = FIRST_PAUSE_MILLIS; !left.isEmpty(); pause *= 2) {
      BatchGetItemResponse answer = readOnce(left, remaining(deadline));
      answer.responses().getOrDefault(table, List.of()).stream()
          .filter(item -> item.containsKey(RESULT))
          .map(ItemCodec::result)
          .forEach(found::add);
      KeysAndAttributes unread = answer.unprocessedKeys().get(table);
      left = unread == null ? List.of() : unread.keys();
      pause(left.size(), pause, deadline);
    }
    return found;
  }

  private BatchGetItemResponse readOnce(List<Map<String, AttributeValue>> keys, Duration atMost) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder()
            .keys(keys)
            .projectionExpression("#id, #result")
            .expressionAttributeNames(Map.of("#id", ID, "#result", RESULT))
            .build();
    try {
      return client.batchGetItem(
          call ->
              call.requestItems(Map.of(table, wanted))
                  .overrideConfiguration(limits -> limits.apiCallTimeout(atMost)));
    } catch (ApiCallTimeoutException e) {
      throw new StateStoreException("table %s: no answer within %s".formatted(table, timeout), e);
    } catch (SdkException e) {
      throw new StateStoreException("table " + table + ": " + e.getMessage(), e);
    }
  }

  /** Waits before keys that DynamoDB left out of its answer are read again. */
  private void pause(int left, long millis, long deadline) {
    if (left == 0) {
      return;
    }
    if (remaining(deadline).toMillis() <= millis) {
      throw new StateStoreException(
          "table %s did not answer for %d entities within %s: see its throttled reads"
              .formatted(table, left, timeout),
          null);
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateStoreException("interrupted while reading table " + table, e);
    }
  }

  private static Duration remaining(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }
}
