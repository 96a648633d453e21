package dev.freshet.lambdas;

import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends endless batches through one group's engine, in its own thread. Keeps unfinished records and
 * sends them again, like the mapping.
 */
final class Load {

  private static final int BATCH = 20;
  private static final int KEYS = 60;
  private static final Duration PAUSE = Duration.ofMillis(4);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(40);
  private static final long START = NOON - 50 * MINUTE;

  private final FeatureGroup group;
  private final Aggregator aggregator;
  private final FakeSink results = new FakeSink();
  private final Random random;
  private final List<StreamRecord> sent = new ArrayList<>();
  private final List<StreamRecord> acknowledged = new ArrayList<>();
  private final List<StreamRecord> unfinished = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean stopped;
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile Throwable failure;
  private long longestNanos;
  private int batches;
  private int reported;

  Load(FeatureGroup group, Redis redis, long seed) {
    this.group = group;
    this.random = new Random(seed);
    this.aggregator =
        new Aggregator(
            group,
            RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE),
            new StreamResults(results),
            new FakeSink(),
            Duration.ofDays(90),
            new HandClock(NOON),
            Metrics.NONE);
    thread.start();
  }

  /** Returns once so many batches in a row, started from now on, are done. */
  void awaitDone(int most) {
    long end = System.nanoTime() + MOST_PATIENCE.toNanos();
    inARow.set(-1); // one may be running
    while (inARow.get() < most) {
      if (failure != null || System.nanoTime() > end) {
        throw new AssertionError(this + ": no batch is done", failure);
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  /** Starts no further batch. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join(MOST_PATIENCE.toMillis());
    if (failure != null || thread.isAlive()) {
      throw new AssertionError(this + " did not end well", failure);
    }
  }

  /**
   * Sends unfinished records again; returns how many of their events the state contained already.
   */
  int replayUnfinished() {
    return unfinished.isEmpty() ? 0 : replay(unfinished).duplicates();
  }

  /** Sends all acknowledged events again; returns how many of them were lost. */
  int replayAcknowledged() {
    int lost = 0;
    for (int from = 0; from < acknowledged.size(); from += 500) {
      lost +=
          replay(acknowledged.subList(from, Math.min(from + 500, acknowledged.size()))).applied();
    }
    return lost;
  }

  private BatchReport replay(List<StreamRecord> records) {
    BatchReport report = aggregator.process(List.copyOf(records));
    if (report.firstUnfinished().isPresent()) {
      throw new AssertionError(this + ": a replay is unfinished: " + report);
    }
    return report;
  }

  /** Checks that the newest features are those of all events. */
  void check() {
    List<OracleEvent> events =
        sent.stream()
            .map(record -> OracleEvent.parse(UTF_8.decode(record.data().duplicate()).toString()))
            .toList();
    Oracle oracle = new Oracle(events);
    NewestResults newest = new NewestResults(group);
    newest.add(results.results());
    newest.equal(oracle, isCourier() ? keys(oracle, "courierId") : keys(oracle, "cityCode"));
  }

  private static Set<String> keys(Oracle oracle, String member) {
    return oracle.entities(member, "ORDER_DELIVERED", "ORDER_CREATED");
  }

  Duration longestBatch() {
    return Duration.ofNanos(longestNanos);
  }

  int acknowledged() {
    return acknowledged.size();
  }

  private void run() {
    try {
      while (!stopped) {
        process(nextBatch());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void process(List<StreamRecord> batch) {
    long start = System.nanoTime();
    BatchReport report = aggregator.process(batch);
    longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    batches++;
    acknowledged.addAll(batch.subList(0, report.done()));
    unfinished.addAll(batch.subList(report.done(), batch.size()));
    boolean done = report.firstUnfinished().isEmpty();
    reported += done ? 0 : 1;
    inARow.updateAndGet(count -> done ? count + 1 : 0);
  }

  private List<StreamRecord> nextBatch() {
    List<StreamRecord> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(event(sent.size() + i).record("1"));
    }
    sent.addAll(batch);
    return batch;
  }

  private EventJson event(int number) {
    String key = "k" + random.nextInt(KEYS);
    long at = START + number * 10L;
    return isCourier()
        ? OrderJson.delivery("e" + number, at, key, random.nextInt(600))
        : OrderJson.event("ORDER_CREATED", "e" + number, at)
            .with("cityCode", EventJson.quoted(key))
            .with("totalAmount", Integer.toString(random.nextInt(100)));
  }

  private boolean isCourier() {
    return group.dimension().name().equals("courier");
  }

  @Override
  public String toString() {
    return "%s: %d batches, %d of them reported unfinished, longest %d ms"
        .formatted(group, batches, reported, longestBatch().toMillis());
  }
}
