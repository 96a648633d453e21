package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedis;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how fast stores with an order each are recalculated, all due at once, by a thread for
 * each range, as if each were a function: with its own connection and its own state store. Results
 * go to memory, packed as for the stream.
 */
final class RecalculationSpeed implements AutoCloseable {

  static final int ENTITIES = 100_000;

  private static final FeatureGroup GROUP = StoreOrdersHandler.FEATURES;
  private static final Duration TTL = Duration.ofDays(90);
  private static final int BATCH = 5_000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long startMillis;
  private final HandClock clock;
  private final Queue<OutgoingRecord> results = new ConcurrentLinkedQueue<>();
  private final RecordSink memory =
      records -> {
        results.addAll(records);
        return new BitSet();
      };
  private final List<Range> ranges;
  private final ExecutorService threads;

  private record Range(PartitionRange range, Redis redis, Recalculator recalculator) {}

  /** The seconds and the microseconds of CPU for each entity that a recalculation took. */
  record Measured(double seconds, double jvmMicros, double redisMicros) {
    long entitiesPerSecond() {
      return Math.round(ENTITIES / seconds);
    }

    @Override
    public String toString() {
      return "%,d/s; %.1f µs of JVM and %.1f µs of Redis an entity"
          .formatted(entitiesPerSecond(), jvmMicros, redisMicros);
    }
  }

  /** What was used since some start. */
  private record Used(double seconds, double jvmSeconds, double redisSeconds) {}

  RecalculationSpeed(int ranges, long startMillis) {
    this.startMillis = startMillis;
    this.clock = new HandClock(startMillis);
    this.ranges = PartitionRange.of(ranges).stream().map(this::connect).toList();
    this.threads = Executors.newFixedThreadPool(ranges);
  }

  private Range connect(PartitionRange range) {
    Redis redis = TestRedis.connect();
    StateStore store = RedisStateStore.of(GROUP, redis, TTL, Metrics.NONE);
    RedisDueKeys dueKeys = new RedisDueKeys(GROUP, redis);
    return new Range(
        range,
        redis,
        new Recalculator(GROUP, store, dueKeys, new StreamResults(memory), clock, Metrics.NONE));
  }

  /** Gives each store an order at the start. */
  void createOrders() {
    Redis redis = redis();
    String answer = redis.ask(commands -> commands.flushall());
    assertThat(answer).isEqualTo("OK");
    clock.set(startMillis);
    Aggregator aggregator =
        new Aggregator(
            GROUP,
            RedisStateStore.of(GROUP, redis, TTL, Metrics.NONE),
            unused -> new BitSet(),
            unused -> new BitSet(),
            TTL,
            clock,
            Metrics.NONE);
    for (int first = 0; first < ENTITIES; first += BATCH) {
      List<StreamRecord> batch = new ArrayList<>(BATCH);
      for (int store = first; store < first + BATCH; store++) {
        batch.add(RecalculatedGroup.record(created("s" + store)));
      }
      assertThat(aggregator.process(batch).applied()).isEqualTo(BATCH);
    }
  }

  private String created(String store) {
    return ("{\"eventId\":\"%1$s-created\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":%2$d,"
            + "\"orderId\":\"%1$s\",\"storeId\":\"%1$s\",\"cityCode\":\"c\",\"totalAmount\":2.5}")
        .formatted(store, startMillis);
  }

  /** Recalculates all ranges at once, some time after the start. */
  Measured recalculate(Duration after) throws Exception {
    clock.set(startMillis + after.toMillis());
    results.clear();
    Used before = used();
    List<Future<?>> running = new ArrayList<>();
    for (Range each : ranges) {
      running.add(threads.submit(() -> each.recalculator().recalculate(each.range(), () -> false)));
    }
    for (Future<?> each : running) {
      each.get();
    }
    Used now = used();
    return new Measured(
        now.seconds - before.seconds,
        (now.jvmSeconds - before.jvmSeconds) / ENTITIES * 1e6,
        (now.redisSeconds - before.redisSeconds) / ENTITIES * 1e6);
  }

  /** The records of the last recalculation. */
  List<OutgoingRecord> results() {
    return List.copyOf(results);
  }

  private Redis redis() {
    return ranges.get(0).redis();
  }

  private Used used() {
    String info = redis().ask(commands -> commands.info("cpu"));
    double redisSeconds =
        info.lines()
            .filter(line -> line.matches("used_cpu_(sys|user):.*"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()))
            .sum();
    return new Used(System.nanoTime() / 1e9, SYSTEM.getProcessCpuTime() / 1e9, redisSeconds);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    ranges.forEach(each -> each.redis().close());
  }
}
