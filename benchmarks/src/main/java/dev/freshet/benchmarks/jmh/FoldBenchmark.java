package dev.freshet.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.lambdas.StoreOrdersHandler;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * An event of a batch of 500 of {@code store_orders} through the engine, without Redis: parsed,
 * folded by key, computed, encoded. The state is on the heap and holds the events already.
 */
@State(Scope.Benchmark)
public class FoldBenchmark {

  private static final int BATCH_SIZE = 500;
  private static final int STORES = 1_000;
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String CREATED =
      """
      {"eventId":"order-%1$09d-order-created","eventType":"ORDER_CREATED",\
      "occurredAt":"2026-01-01T11:59:07.042Z","orderId":"order-%1$09d","storeId":%2$d,\
      "customerId":58211,"totalAmount":23.90,"itemCount":2,"cityCode":"C2"}\
      """;

  private final RecordSink nowhere = batch -> new BitSet(0);
  private final Aggregator aggregator =
      new Aggregator(
          new StoreOrdersHandler().features(),
          new InMemoryStateStore(new StoreOrdersHandler().features()),
          nowhere,
          nowhere,
          Duration.ofDays(90),
          Clock.fixed(NOW, ZoneOffset.UTC),
          Metrics.NONE);
  private final List<StreamRecord> batch = batch();

  @Benchmark
  @OperationsPerInvocation(BATCH_SIZE)
  public BatchReport process() {
    return aggregator.process(batch);
  }

  private static List<StreamRecord> batch() {
    SplittableRandom random = new SplittableRandom(1);
    List<StreamRecord> records = new ArrayList<>();
    for (int i = 0; i < BATCH_SIZE; i++) {
      String json = CREATED.formatted(i, random.nextInt(STORES));
      records.add(
          new StreamRecord(
              "order-created",
              "shardId-000000000000",
              Integer.toString(i),
              "order-" + i,
              ByteBuffer.wrap(json.getBytes(UTF_8))));
    }
    return records;
  }
}
