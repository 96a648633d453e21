package dev.freshet.benchmarks.soak;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.Subscriber;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.ledger.Ledger;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Oracle;
import dev.freshet.redis.Redis;
import dev.freshet.result.ResultRecords;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.FakeSink;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/**
 * All functions of the catalogue at the handler level, each instance with a connection and a thread
 * of its own: some instances of each group, a recalculation of each that time moves, subscribers.
 */
final class SoakPlatform implements AutoCloseable {

  /**
   * Longer than in production: how it is on a machine without a free processor is not the point.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int SHARDS = 3;
  private static final int SUBSCRIBERS = 2;
  private static final int MOST_ATTEMPTS = 30;

  private final String stateUrl;
  private final Clock clock;
  private final List<Redis> connections = new ArrayList<>();
  private final List<List<SoakFunction>> functions = new ArrayList<>();
  private final List<SoakRecalculation> recalculations = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<OutgoingRecord> published = new ArrayList<>();
  private long results;

  SoakPlatform(String stateUrl, String featuresUrl, Clock clock) {
    this.stateUrl = stateUrl;
    this.clock = clock;
    for (FeatureGroup group : groups()) {
      List<SoakFunction> shards = new ArrayList<>();
      for (int shard = 0; shard < SHARDS; shard++) {
        shards.add(new SoakFunction(group, connect(stateUrl), clock));
      }
      functions.add(shards);
    }
    recalculations.addAll(recalculations(clock));
    for (int i = 0; i < SUBSCRIBERS; i++) {
      StoredResults store =
          new StoredResults(
              new FeatureStoreWriter(connect(featuresUrl), Duration.ofDays(1), Metrics.NONE),
              Set.of(),
              clock,
              Metrics.NONE);
      subscribers.add(new Subscriber(store, new FakeSink(), clock, Metrics.NONE, Ledger.NONE));
    }
  }

  /** Returns the groups whose state ends with their windows: those without history. */
  static List<FeatureGroup> groups() {
    return Oracle.groups().stream().filter(group -> !group.hasHistory()).toList();
  }

  private Redis connect(String url) {
    Redis redis = Redis.at(url, TIMEOUT);
    String unused = redis.ask(commands -> commands.ping());
    connections.add(redis);
    return redis;
  }

  private List<SoakRecalculation> recalculations(Clock clock) {
    return groups().stream()
        .filter(group -> group.movesWithTime())
        .map(group -> new SoakRecalculation(group, connect(stateUrl), clock))
        .toList();
  }

  /**
   * One turn of everything at once: the events go to the functions of their shards, what is due is
   * recalculated, and the results of the last turn reach the feature store.
   *
   * @param twice whether each shard is handed to another instance too, as after a crash whose
   *     victim lives on
   * @param mischief what else happens meanwhile
   */
  void turn(List<SoakEvent> events, boolean twice, Runnable mischief)
      throws InterruptedException, ExecutionException {
    List<Runnable> tasks = new ArrayList<>();
    tasks.add(mischief);
    List<List<SoakEvent>> shards = shards(events);
    for (List<SoakFunction> instances : functions) {
      for (int shard = 0; shard < SHARDS; shard++) {
        SoakFunction instance = instances.get(shard);
        List<SoakEvent> own = shards.get(shard);
        List<SoakEvent> others = twice ? shards.get((shard + 1) % SHARDS) : List.of();
        tasks.add(
            () -> {
              instance.process(own);
              instance.process(others);
            });
      }
    }
    recalculations.forEach(each -> tasks.add(each::recalculate));
    tasks.addAll(storing());
    all(tasks);
    collect();
  }

  /** Time goes on by itself, and what was published is stored. */
  void settle() throws InterruptedException, ExecutionException {
    all(storing());
    all(recalculations.stream().<Runnable>map(each -> each::finish).toList());
    collect();
    all(storing());
  }

  /** Long after the last event, all that is due is recalculated; the feature store stays as is. */
  void passTime(Duration time) {
    for (SoakRecalculation each : recalculations(Clock.offset(clock, time))) {
      each.finish();
    }
  }

  private List<List<SoakEvent>> shards(List<SoakEvent> events) {
    List<List<SoakEvent>> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      int index = shard;
      shards.add(
          events.stream()
              .filter(event -> Math.floorMod(event.order().id().hashCode(), SHARDS) == index)
              .toList());
    }
    return shards;
  }

  private List<Runnable> storing() {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      int shard = i;
      List<StreamRecord> records =
          published.stream()
              .filter(each -> Math.floorMod(each.partitionKey().hashCode(), SUBSCRIBERS) == shard)
              .map(SoakPlatform::record)
              .toList();
      tasks.add(() -> store(subscribers.get(shard), records));
    }
    return tasks;
  }

  private static void store(Subscriber subscriber, List<StreamRecord> records) {
    for (int attempt = 0; subscriber.process(records).isPresent(); attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new AssertionError("results could not be stored");
      }
    }
  }

  private static StreamRecord record(OutgoingRecord result) {
    return new StreamRecord(
        "feature-results", "shardId-0", "1", result.partitionKey(), ByteBuffer.wrap(result.data()));
  }

  private void collect() {
    published = new ArrayList<>();
    functions.forEach(group -> group.forEach(each -> published.addAll(each.published())));
    recalculations.forEach(each -> published.addAll(each.published()));
    published.forEach(each -> results += ResultRecords.lines(ByteBuffer.wrap(each.data())).size());
  }

  private void all(List<Runnable> tasks) throws InterruptedException, ExecutionException {
    for (Future<Object> each :
        threads.invokeAll(tasks.stream().map(Executors::callable).toList())) {
      each.get();
    }
  }

  /** How many connections its functions have to the state store. */
  int stateConnections() {
    return connections.size() - SUBSCRIBERS;
  }

  /** How many connections its functions have to the feature store. */
  int featureConnections() {
    return SUBSCRIBERS;
  }

  /** How many results were published. */
  long results() {
    return results;
  }

  /** A figure of all instances of all functions together. */
  long sum(ToLongFunction<SoakFunction> figure) {
    return functions.stream().flatMap(List::stream).mapToLong(figure).sum();
  }

  /** How many recalculations failed, to be repeated in the next turn. */
  long failedRecalculations() {
    return recalculations.stream().mapToLong(SoakRecalculation::failures).sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.forEach(Redis::close);
  }
}
