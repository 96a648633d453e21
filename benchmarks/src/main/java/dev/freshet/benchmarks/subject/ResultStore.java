package dev.freshet.benchmarks.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.featurestore.Subscriber;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.ResultSink;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The second stage: result bytes into a feature store.
 *
 * @param work stores results
 * @param end closes the connection
 */
public record ResultStore(Consumer<List<OutgoingRecord>> work, Runnable end)
    implements AutoCloseable {

  public void handle(List<OutgoingRecord> results) {
    work.accept(results);
  }

  @Override
  public void close() {
    end.run();
  }

  /** Returns the subscriber, in the batches of its mapping. */
  public static ResultStore ofFreshet(String url) {
    Redis redis = Redis.at(url, Duration.ofMinutes(1));
    Ledger ledger = new Ledger("subscriber", new RedisLedger(redis), line -> Metrics.NONE);
    Subscriber subscriber =
        new Subscriber(
            stored(redis), letters -> new BitSet(), Clock.systemUTC(), Metrics.NONE, ledger);
    return new ResultStore(
        results -> subscribe(subscriber, results),
        () -> {
          ledger.flush();
          redis.close();
        });
  }

  /** Returns what writes results into the feature store. */
  static ResultSink stored(Redis redis) {
    return new StoredResults(
        new FeatureStoreWriter(redis, Duration.ofDays(90), Duration.ofDays(1), Metrics.NONE),
        Set.of(),
        Clock.systemUTC(),
        Metrics.NONE);
  }

  /** Hands over batches of at least so many results, whatever records they share. */
  private static void subscribe(Subscriber subscriber, List<OutgoingRecord> records) {
    List<StreamRecord> batch = new ArrayList<>();
    int results = 0;
    for (OutgoingRecord record : records) {
      ByteBuffer data = ByteBuffer.wrap(record.data());
      batch.add(new StreamRecord("feature-results", "0", "0", "0", data));
      results += ResultRecords.lines(data).size();
      if (results >= OrderLoad.BATCH_SIZE) {
        store(subscriber, batch);
        batch.clear();
        results = 0;
      }
    }
    store(subscriber, batch);
  }

  private static void store(Subscriber subscriber, List<StreamRecord> batch) {
    if (subscriber.process(batch).isPresent()) {
      throw new IllegalStateException("the subscriber did not do its work");
    }
  }

  /** Returns the reference: reads one result at a time as a tree, writes it by one HSET. */
  public static ResultStore ofArticle(String url) {
    RedisClient client = RedisClient.create(url);
    RedisCommands<String, String> redis = client.connect().sync();
    ObjectMapper mapper = new ObjectMapper();
    return new ResultStore(
        results -> results.forEach(each -> store(redis, read(mapper, each))),
        () -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
  }

  private static void store(RedisCommands<String, String> redis, JsonNode result) {
    String prefix = result.get("featureGroup").asText() + ":";
    Map<String, String> fields = new HashMap<>();
    for (var feature : result.get("features").properties()) {
      fields.put(prefix + feature.getKey(), feature.getValue().asText());
    }
    String dimension = result.get("dimension").asText();
    redis.hset("features:%s:%s".formatted(dimension, result.get("key").asText()), fields);
  }

  private static JsonNode read(ObjectMapper mapper, OutgoingRecord result) {
    try {
      return mapper.readTree(result.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
