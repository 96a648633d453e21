package dev.freshet.benchmarks.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.testdriver.HandClock;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The reference: the same features of the same events, one event at a time, as such functions are
 * usually written. A courier's last values are a list (LPUSH, LTRIM, LRANGE), a store's orders a
 * hash of one field a stage (HSET, HGETALL, HDEL of what has left every window); each event is
 * parsed into a tree, and each result is put by itself.
 */
public final class ArticleWay implements Subject {

  private static final int LAST = 50;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisCommands<String, String> redis;
  private final RecordSink sink;
  private final HandClock clock = new HandClock(0);

  public ArticleWay(String url, RecordSink sink) {
    this.client = RedisClient.create(url);
    this.connection = client.connect();
    this.redis = connection.sync();
    this.sink = sink;
  }

  /** Brings events of the past into the state, all at once: only their outcome is needed. */
  public void preload(List<Delivery> deliveries) {
    RedisAsyncCommands<String, String> async = connection.async();
    for (Delivery delivery : deliveries) {
      List<RedisFuture<?>> answers = new ArrayList<>();
      for (KinesisEventRecord record : delivery.event().getRecords()) {
        JsonNode event = parse(record.getKinesis().getData());
        answers.add(async.hset(storeKey(event), stageField(event), time(event, "occurredAt")));
        if (isDelivery(delivery)) {
          answers.add(async.lpush(courierKey(event), seconds(event)));
          answers.add(async.ltrim(courierKey(event), 0, LAST - 1));
        }
      }
      if (!LettuceFutures.awaitAll(TIMEOUT, answers.toArray(RedisFuture[]::new))) {
        throw new IllegalStateException("Redis did not answer within " + TIMEOUT);
      }
      moveClock(delivery);
    }
  }

  private static boolean isDelivery(Delivery delivery) {
    return delivery.stream().equals("order-delivered");
  }

  @Override
  public void handle(Delivery delivery, LongConsumer invocations) {
    moveClock(delivery);
    invoke(delivery, this::store, invocations);
    if (isDelivery(delivery)) {
      invoke(delivery, this::courier, invocations);
    }
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private void invoke(Delivery delivery, Consumer<JsonNode> function, LongConsumer invocations) {
    long start = System.nanoTime();
    for (KinesisEventRecord record : delivery.event().getRecords()) {
      function.accept(parse(record.getKinesis().getData()));
    }
    invocations.accept(System.nanoTime() - start);
  }

  /** Sets the clock to the newest event, so that windows move as they would. */
  private void moveClock(Delivery delivery) {
    clock.set(Math.max(clock.millis(), delivery.newestMillis()));
  }

  private void courier(JsonNode event) {
    String key = courierKey(event);
    redis.lpush(key, seconds(event));
    redis.ltrim(key, 0, LAST - 1);
    double[] values =
        redis.lrange(key, 0, LAST - 1).stream().mapToDouble(Double::parseDouble).toArray();
    ObjectNode features = mapper.createObjectNode();
    features.put("count", values.length);
    features.put("mean", StatUtils.mean(values));
    if (values.length > 1) {
      features.put("stddev", Math.sqrt(StatUtils.variance(values)));
    }
    features.put("p90", percentile.evaluate(values, 90));
    publish("courier_accept_time", "courier", event.get("courierId").asText(), features);
  }

  private void store(JsonNode event) {
    String key = storeKey(event);
    redis.hset(key, stageField(event), time(event, "occurredAt"));
    ArticleOrders orders = ArticleOrders.of(redis.hgetall(key), clock.millis());
    String[] expired = orders.removeExpired();
    if (expired.length > 0) {
      redis.hdel(key, expired);
    }
    ObjectNode features = mapper.createObjectNode();
    features.put("created_5m", orders.within(ArticleOrders.CREATED, 5));
    features.put("created_10m", orders.within(ArticleOrders.CREATED, 10));
    features.put("created_30m", orders.within(ArticleOrders.CREATED, 30));
    features.put("picked_30m", orders.within(ArticleOrders.PICKED, 30));
    features.put("awaiting_acceptance", orders.lacking(ArticleOrders.ACCEPTED));
    features.put("unpicked", orders.lacking(ArticleOrders.PICKED));
    features.put("undelivered", orders.lacking(ArticleOrders.DELIVERED));
    publish("store_orders", "store", event.get("storeId").asText(), features);
  }

  private void publish(String group, String dimension, String key, ObjectNode features) {
    ObjectNode result = mapper.createObjectNode();
    result.put("featureGroup", group).put("dimension", dimension).put("key", key);
    result.put("computedAt", clock.millis()).set("features", features);
    try {
      sink.put(
          List.of(new OutgoingRecord(dimension + ":" + key, mapper.writeValueAsBytes(result))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode parse(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    try {
      return mapper.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(new String(bytes, UTF_8), e);
    }
  }

  private static String storeKey(JsonNode event) {
    return "store-orders:" + event.get("storeId").asText();
  }

  private static String courierKey(JsonNode event) {
    return "courier-accept-time:" + event.get("courierId").asText();
  }

  private static String stageField(JsonNode event) {
    return ArticleOrders.field(event.get("orderId").asText(), event.get("eventType").asText());
  }

  private static String time(JsonNode event, String member) {
    return Long.toString(millis(event, member));
  }

  private static String seconds(JsonNode event) {
    long millis = millis(event, "courierAcceptedAt") - millis(event, "courierRequestedAt");
    return Double.toString(millis / 1_000.0);
  }

  private static long millis(JsonNode event, String member) {
    return Instant.parse(event.get(member).asText()).toEpochMilli();
  }
}
