package dev.freshet.state.dynamodb;

import static dev.freshet.metrics.Metric.ARCHIVE_ERRORS;
import static dev.freshet.metrics.Metric.ARCHIVE_TOO_LARGE;
import static dev.freshet.metrics.Metric.ARCHIVE_WRITES;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.metrics.Metrics;
import dev.freshet.state.Archived;
import dev.freshet.state.StateStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Puts items, each unless a newer one is there. DynamoDB has no call for several such items, so
 * some calls run at once; after the first failure, no more are made.
 */
final class ItemWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ItemWriter.class);

  /** As many connections as the JDK keeps open to a host. */
  private static final int CALLS_AT_ONCE = 5;

  /** A limit of DynamoDB for one item, less what the names and numbers take. */
  private static final int MOST_BYTES = 400 * 1024 - 1024;

  private static final String UNLESS_NEWER = "attribute_not_exists(#v) OR #v < :v";
  private static final Map<String, String> NAMES = Map.of("#v", HistoryTable.VERSION);

  private final DynamoDbClient client;
  private final String table;
  private final ItemCodec codec;
  private final Metrics metrics;

  ItemWriter(DynamoDbClient client, String table, ItemCodec codec, Metrics metrics) {
    this.client = client;
    this.table = table;
    this.codec = codec;
    this.metrics = metrics;
  }

  void write(List<Archived> items, IntConsumer stored) {
    AtomicReference<SdkException> failure = new AtomicReference<>();
    List<CompletableFuture<Boolean>> outcomes = new ArrayList<>(items.size());
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(CALLS_AT_ONCE, items.size())));
    try {
      items.forEach(
          each ->
              outcomes.add(CompletableFuture.supplyAsync(() -> isStored(each, failure), threads)));
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i).join()) {
          stored.accept(i);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    if (failure.get() != null) {
      metrics.count(ARCHIVE_ERRORS, 1);
      throw new StateStoreException(
          "table " + table + ": " + failure.get().getMessage(), failure.get());
    }
  }

  private boolean isStored(Archived entity, AtomicReference<SdkException> failure) {
    if (failure.get() != null) {
      return false;
    }
    Map<String, AttributeValue> item = codec.write(entity);
    if (!fits(item)) {
      LOG.error(
          "'{}' does not fit an item of DynamoDB: it stays in Redis; let its group hold fewer"
              + " events (mostEvents), or declare its other windows in a group of their own",
          item.get(HistoryTable.ID).s());
      metrics.count(ARCHIVE_TOO_LARGE, 1);
      return false;
    }
    try {
      put(entity, item);
      return true;
    } catch (SdkException e) {
      failure.compareAndSet(null, e);
      return false;
    }
  }

  private static boolean fits(Map<String, AttributeValue> item) {
    return bytes(item.get(HistoryTable.ID).s())
            + bytes(item.get(HistoryTable.RESULT).s())
            + item.get(HistoryTable.SNAPSHOT).b().asByteArrayUnsafe().length
        <= MOST_BYTES;
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  private void put(Archived entity, Map<String, AttributeValue> item) {
    try {
      client.putItem(
          call ->
              call.tableName(table)
                  .item(item)
                  .conditionExpression(UNLESS_NEWER)
                  .expressionAttributeNames(NAMES)
                  .expressionAttributeValues(
                      Map.of(":v", AttributeValue.fromN(Long.toString(entity.version())))));
      metrics.count(ARCHIVE_WRITES, 1);
    } catch (ConditionalCheckFailedException newer) {
      LOG.debug("'{}' has a newer state in the table", entity.entity());
    }
  }
}
