package dev.freshet.benchmarks.subject;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.datadog.MeterMetrics;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.engine.AggregatedGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** One instance of each function, over one connection to the state store. */
public final class Engine implements Subject {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);
  private static final long CACHE_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final long cacheBytes;
  private final List<Redis> connections;
  private final HandClock clock = new HandClock(0);
  private final Map<FunctionGroups, Aggregator> functions = new LinkedHashMap<>();
  private final List<Ledger> ledgers = new ArrayList<>();

  private Engine(
      int among,
      List<FunctionGroups> groups,
      RecordSink sink,
      ResultSink results,
      Redis... connections) {
    this.cacheBytes = CACHE_BYTES / among;
    this.connections = List.of(connections);
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    for (FunctionGroups each : groups) {
      functions.put(each, aggregator(each, sink, results, metrics));
    }
  }

  /**
   * Returns an engine of some feature groups, each with a function of its own.
   *
   * @param url of the state store, as Redis clients write it
   * @param sink gets results and dead letters
   */
  public static Engine of(String url, List<FeatureGroup> groups, RecordSink sink) {
    return of(url, 0, groups, sink);
  }

  /**
   * Returns an engine that waits for replicas.
   *
   * @param replicas how many must have each write before it counts as done
   */
  public static Engine of(String url, int replicas, List<FeatureGroup> groups, RecordSink sink) {
    Redis state = Redis.at(url, TIMEOUT).replicatedTo(replicas);
    return new Engine(1, alone(groups), sink, new StreamResults(sink), state);
  }

  /**
   * Returns one of several engines that share the memory of this process.
   *
   * @param among how many there are
   */
  public static Engine of(int among, String url, List<FeatureGroup> groups, RecordSink sink) {
    return new Engine(among, alone(groups), sink, new StreamResults(sink), Redis.at(url, TIMEOUT));
  }

  /** Returns an engine that writes the feature store before it hands results to the sink. */
  public static Engine direct(
      String url, String featureStoreUrl, List<FeatureGroup> groups, RecordSink sink) {
    return direct(1, url, featureStoreUrl, groups, sink);
  }

  /**
   * Returns one of several engines that write the feature store and share the memory of this
   * process.
   *
   * @param among how many there are
   */
  public static Engine direct(
      int among, String url, String featureStoreUrl, List<FeatureGroup> groups, RecordSink sink) {
    Redis store = Redis.at(featureStoreUrl, TIMEOUT);
    ResultSink results = new DirectResults(ResultStore.stored(store), new StreamResults(sink));
    return new Engine(among, alone(groups), sink, results, Redis.at(url, TIMEOUT), store);
  }

  /** Returns an engine of some functions, each of several feature groups. */
  public static Engine ofFunctions(String url, List<FunctionGroups> functions, RecordSink sink) {
    return new Engine(1, functions, sink, new StreamResults(sink), Redis.at(url, TIMEOUT));
  }

  /** Returns such an engine that writes the feature store before it hands results to the sink. */
  public static Engine directFunctions(
      String url, String featureStoreUrl, List<FunctionGroups> functions, RecordSink sink) {
    Redis store = Redis.at(featureStoreUrl, TIMEOUT);
    ResultSink results = new DirectResults(ResultStore.stored(store), new StreamResults(sink));
    return new Engine(1, functions, sink, results, Redis.at(url, TIMEOUT), store);
  }

  private static List<FunctionGroups> alone(List<FeatureGroup> groups) {
    return groups.stream().map(group -> new FunctionGroups(List.of(group))).toList();
  }

  private Aggregator aggregator(
      FunctionGroups groups, RecordSink sink, ResultSink results, MeterMetrics metrics) {
    Ledger ledger =
        new Ledger(
            groups.toString(), new RedisLedger(connections.get(0)), line -> metrics, Ledger.REST);
    ledgers.add(ledger);
    return new Aggregator(
        groups.all().stream().map(each -> aggregated(each, metrics.of(each.name()))).toList(),
        results,
        sink,
        TIME_TO_LIVE,
        clock,
        ledger);
  }

  private AggregatedGroup aggregated(FeatureGroup group, Metrics metrics) {
    RedisStateStore store =
        RedisStateStore.of(
            group, connections.get(0), TIME_TO_LIVE, cacheBytes, new InMemoryArchive(), metrics);
    return new AggregatedGroup(group, store, changes -> {}, metrics);
  }

  /** Sets the clock to the newest event, so that windows move as they would. */
  @Override
  public void handle(Delivery delivery, LongConsumer invocations) {
    clock.set(Math.max(clock.millis(), delivery.newestMillis()));
    functions.forEach(
        (groups, aggregator) -> {
          if (groups.eventTypes().stream().anyMatch(t -> t.stream().equals(delivery.stream()))) {
            long start = System.nanoTime();
            BatchReport report =
                aggregator.process(records(delivery.event()), entering(delivery.event()));
            invocations.accept(System.nanoTime() - start);
            if (report.firstUnfinished().isPresent() || report.invalid() > 0) {
              throw new IllegalStateException(groups + " did not do its work: " + report);
            }
          }
        });
  }

  /** Counts the records of a batch, as the functions' handler does. */
  private static LedgerEntry entering(KinesisEvent event) {
    LedgerEntry entry = new LedgerEntry();
    event.getRecords().forEach(each -> entry.enters(each.getEventID(), each.getEventSourceARN()));
    return entry;
  }

  /** Returns the records of a batch, as the functions' handler does. */
  public static List<StreamRecord> records(KinesisEvent event) {
    return event.getRecords().stream()
        .map(
            each ->
                StreamRecord.ofMapping(
                    each.getEventID(),
                    each.getEventSourceARN(),
                    each.getKinesis().getPartitionKey(),
                    each.getKinesis().getData()))
        .toList();
  }

  @Override
  public void close() {
    ledgers.forEach(Ledger::flush);
    connections.forEach(Redis::close);
  }
}
