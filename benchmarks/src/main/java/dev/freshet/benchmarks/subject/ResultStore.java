package dev.freshet.benchmarks.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.featurestore.Subscriber;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The second stage: result bytes into a feature store. */
public interface ResultStore extends AutoCloseable {

  void handle(List<OutgoingRecord> results);

  @Override
  void close();

  /** The subscriber, in the batches of its mapping. */
  static ResultStore ofFreshet(String url) {
    Redis redis = Redis.at(url, Duration.ofMinutes(1));
    Subscriber subscriber =
        Subscriber.of(
            redis,
            Duration.ofDays(90),
            Set.of(),
            letters -> new BitSet(),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            Metrics.NONE);
    return new ResultStore() {
      @Override
      public void handle(List<OutgoingRecord> results) {
        for (int from = 0; from < results.size(); from += Deliveries.BATCH_SIZE) {
          int to = Math.min(results.size(), from + Deliveries.BATCH_SIZE);
          if (subscriber.process(records(results.subList(from, to))).isPresent()) {
            throw new IllegalStateException("the subscriber did not do its work");
          }
        }
      }

      @Override
      public void close() {
        redis.close();
      }
    };
  }

  private static List<StreamRecord> records(List<OutgoingRecord> results) {
    return results.stream()
        .map(
            each ->
                new StreamRecord("feature-results", "0", "0", "0", ByteBuffer.wrap(each.data())))
        .toList();
  }

  /** The reference: a result at a time, read as a tree and written by one HSET with no guard. */
  static ResultStore ofArticle(String url) {
    RedisClient client = RedisClient.create(url);
    StatefulRedisConnection<String, String> connection = client.connect();
    ObjectMapper mapper = new ObjectMapper();
    return new ResultStore() {
      @Override
      public void handle(List<OutgoingRecord> results) {
        for (OutgoingRecord each : results) {
          JsonNode result = read(mapper, each);
          String prefix = result.get("featureGroup").asText() + ":";
          Map<String, String> fields = new HashMap<>();
          result
              .get("features")
              .properties()
              .forEach(
                  feature -> fields.put(prefix + feature.getKey(), feature.getValue().asText()));
          connection
              .sync()
              .hset(
                  "features:%s:%s"
                      .formatted(result.get("dimension").asText(), result.get("key").asText()),
                  fields);
        }
      }

      @Override
      public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      }
    };
  }

  private static JsonNode read(ObjectMapper mapper, OutgoingRecord result) {
    try {
      return mapper.readTree(result.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
