package dev.freshet.state.dynamodb;

import static dev.freshet.state.dynamodb.HistoryTable.EXPIRES_AT;
import static dev.freshet.state.dynamodb.HistoryTable.ID;
import static dev.freshet.state.dynamodb.HistoryTable.SNAPSHOT;
import static dev.freshet.state.dynamodb.HistoryTable.VERSION;

import dev.freshet.state.StateStoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Removes a feature group, or one entity of it, from the table of entities with history. */
public final class HistoryEraser {

  /** A limit of BatchWriteItem. */
  private static final int MOST_DELETES = 25;

  private final DynamoDbClient client;
  private final String table;

  public HistoryEraser(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Removes all items of a group, its declarations too. Reads the whole table, as a group has no
   * index.
   *
   * @param dryRun only counts
   * @return the number of items
   */
  public long eraseGroup(String group, boolean dryRun) {
    return checked(
        () -> {
          long items = 0;
          for (ScanResponse page : pagesOf(group)) {
            items += page.items().size();
            if (!dryRun) {
              delete(page.items());
            }
          }
          return items;
        });
  }

  private Iterable<ScanResponse> pagesOf(String group) {
    return client.scanPaginator(
        scan ->
            scan.tableName(table)
                .projectionExpression("#id")
                .filterExpression("begins_with(#id, :group) OR #id = :declarations")
                .expressionAttributeNames(Map.of("#id", ID))
                .expressionAttributeValues(
                    Map.of(
                        ":group",
                        text(HistoryTable.id(group, "")),
                        ":declarations",
                        text(HistoryTable.declarations(group)))));
  }

  private void delete(List<Map<String, AttributeValue>> keys) {
    List<WriteRequest> requests =
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(item -> item.key(key)).build())
            .toList();
    for (int from = 0; from < requests.size(); from += MOST_DELETES) {
      int to = Math.min(requests.size(), from + MOST_DELETES);
      Map<String, List<WriteRequest>> left = Map.of(table, requests.subList(from, to));
      while (!left.isEmpty()) {
        Map<String, List<WriteRequest>> some = left;
        left = client.batchWriteItem(call -> call.requestItems(some)).unprocessedItems();
      }
    }
  }

  /** Returns whether the state of an entity is stored. */
  public boolean holds(String group, String entity) {
    return checked(
            () ->
                client.getItem(
                    call ->
                        call.tableName(table)
                            .consistentRead(true)
                            .key(Map.of(ID, id(group, entity)))))
        .item()
        .containsKey(SNAPSHOT);
  }

  /**
   * Puts a tombstone in the place of an entity: an item without state, which no function overwrites
   * with the state of an older version that it still has.
   *
   * @param version as new as that of every step so far
   * @param until when DynamoDB may remove the item
   * @return whether state was stored
   */
  public boolean putTombstone(String group, String entity, long version, Instant until) {
    Map<String, AttributeValue> item =
        Map.of(
            ID,
            id(group, entity),
            VERSION,
            AttributeValue.fromN(Long.toString(version)),
            EXPIRES_AT,
            AttributeValue.fromN(Long.toString(until.getEpochSecond())));
    return checked(
            () ->
                client.putItem(
                    call -> call.tableName(table).item(item).returnValues(ReturnValue.ALL_OLD)))
        .attributes()
        .containsKey(SNAPSHOT);
  }

  private static AttributeValue id(String group, String entity) {
    return text(HistoryTable.id(group, entity));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private <T> T checked(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StateStoreException("table " + table + ": " + e.getMessage(), e);
    }
  }
}
