package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.AggregatedGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.oracle.Zipf;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that a hundred instances of a function, each with its own connection, give the same
 * features as one, and unique versions.
 */
@Timeout(300)
@Tag("verify")
class ManyInstancesTest {

  private static final int INSTANCES = 100;
  private static final int BATCH = 10;
  private static final long SEED = 20_260_504;
  private static final long START = 1_790_000_000_000L;
  private static final long END = START + 200 * 60_000;

  @Test
  void onOneServer() throws Exception {
    agree(TestRedis::connect);
  }

  @Test
  void onACluster() throws Exception {
    try (TestRedisCluster cluster = new TestRedisCluster()) {
      agree(cluster::connect);
    }
  }

  private static void agree(Supplier<Redis> connections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    List<Redis> own = new ArrayList<>();
    try {
      IntStream.range(0, INSTANCES).forEach(i -> own.add(connections.get()));
      forgetAll(own.get(0));
      Instances instances = new Instances(own, threads);
      Random random = new Random(SEED);
      instances.agree(
          CourierAcceptTimeHandler.FEATURES, deliveries(new Zipf(1_000, random), 6_000), random);
      forgetAll(own.get(0));
      instances.agree(
          CourierAcceptTimeHandler.FEATURES, deliveries(new Zipf(1, random), 3_000), random);
      List<String> orders =
          new RandomHistory(SEED, START).arrivals(500).stream().map(Arrival::json).toList();
      instances.agree(CityOrdersHandler.FEATURES, orders, random);
      instances.agree(StoreOrdersHandler.FEATURES, orders, random);
    } finally {
      all(threads, own.stream().map(redis -> closing(redis)).toList());
      threads.shutdownNow();
    }
  }

  private static void forgetAll(Redis redis) {
    String unused = redis.ask(commands -> commands.flushall());
  }

  private static Callable<Void> closing(Redis redis) {
    return () -> {
      redis.close();
      return null;
    };
  }

  private static List<String> deliveries(Zipf couriers, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> OrderJson.delivery("e" + i, START + i / 3 * 20L, "k" + couriers.next(), i % 977))
        .map(EventJson::toString)
        .toList();
  }

  private static <T> List<T> all(ExecutorService threads, Collection<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    for (Future<T> each : threads.invokeAll(tasks)) {
      results.add(each.get());
    }
    return results;
  }

  /** The instances of all functions of one platform. */
  private record Instances(List<Redis> connections, ExecutorService threads) {

    /** Sends every event to some instance, and a third of them to another one too, in any order. */
    void agree(FeatureGroup group, List<String> events, Random random) throws Exception {
      List<String> arriving = new ArrayList<>(events);
      arriving.addAll(events.subList(0, events.size() / 3));
      Collections.shuffle(arriving, random);
      int share = (arriving.size() + INSTANCES - 1) / INSTANCES;
      List<Callable<FakeSink>> tasks = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        List<String> mine =
            arriving.subList(
                Math.min(arriving.size(), i * share), Math.min(arriving.size(), (i + 1) * share));
        Redis redis = connections.get(i);
        tasks.add(() -> process(group, redis, mine));
      }
      long before = finished(group);
      NewestResults newest = new NewestResults(group);
      all(threads, tasks).forEach(sink -> newest.add(sink.results()));
      Oracle oracle = new Oracle(events.stream().map(OracleEvent::parse).toList());
      newest.equal(oracle, keys(group, oracle));
      assertThat(finished(group) - before).as("records in the ledger").isEqualTo(arriving.size());
    }

    /** Returns the records that all instances have finished, by a ledger that adds up. */
    private long finished(FeatureGroup group) {
      LedgerReport report =
          LedgerReport.of(new StoredLedgers(connections.get(0)).read(), END, false);
      assertThat(report.missing()).as("seed %d", SEED).isZero();
      return report.finished().stream()
          .filter(each -> each.function().equals(group.name()))
          .mapToLong(LedgerReport.Finished::records)
          .sum();
    }

    private static FakeSink process(FeatureGroup group, Redis redis, List<String> events) {
      FakeSink results = new FakeSink();
      Aggregator aggregator =
          new Aggregator(
              List.of(
                  new AggregatedGroup(
                      group,
                      RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE),
                      unused -> {},
                      Metrics.NONE)),
              new StreamResults(results),
              new FakeSink(),
              Duration.ofDays(90),
              new HandClock(END),
              new Ledger(group.name(), new RedisLedger(redis), line -> Metrics.NONE));
      for (int from = 0; from < events.size(); from += BATCH) {
        List<StreamRecord> batch =
            events.subList(from, Math.min(from + BATCH, events.size())).stream()
                .map(json -> EventJson.record("1", json))
                .toList();
        if (aggregator.process(batch).firstUnfinished().isPresent()) {
          throw new AssertionError("a batch of " + group + " is unfinished, seed " + SEED);
        }
      }
      return results;
    }

    private static Collection<String> keys(FeatureGroup group, Oracle oracle) {
      return switch (group.dimension().name()) {
        case "courier" -> oracle.entities("courierId", "ORDER_DELIVERED");
        case "city" ->
            oracle.entities("cityCode", "ORDER_CREATED", "ORDER_DELIVERED", "ORDER_CANCELLED");
        default ->
            oracle.entities(
                "storeId",
                Stream.of("CREATED", "ACCEPTED", "PICKED", "DELIVERED", "CANCELLED")
                    .map(stage -> "ORDER_" + stage)
                    .toArray(String[]::new));
      };
    }
  }
}
