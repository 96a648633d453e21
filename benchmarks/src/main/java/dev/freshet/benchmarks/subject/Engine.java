package dev.freshet.benchmarks.subject;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.datadog.MeterMetrics;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.featurestore.client.DirectResults;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** One instance of each function, over one connection to the state store. */
public final class Engine implements Subject {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);
  private static final long CACHE_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final List<Redis> connections;
  private final HandClock clock = new HandClock(0);
  private final Map<FeatureGroup, Aggregator> functions = new LinkedHashMap<>();

  private Engine(
      List<FeatureGroup> groups, RecordSink sink, ResultSink results, Redis... connections) {
    this.connections = List.of(connections);
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    for (FeatureGroup group : groups) {
      functions.put(group, aggregator(group, sink, results, metrics.of(group.name())));
    }
  }

  /**
   * Returns an engine of some feature groups.
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
    return new Engine(groups, sink, new StreamResults(sink), state);
  }

  /** Returns an engine that writes the feature store before it hands results to the sink. */
  public static Engine direct(
      String url, String featureStoreUrl, List<FeatureGroup> groups, RecordSink sink) {
    Redis store = Redis.at(featureStoreUrl, TIMEOUT);
    ResultSink results = new DirectResults(ResultStore.stored(store), new StreamResults(sink));
    return new Engine(groups, sink, results, Redis.at(url, TIMEOUT), store);
  }

  private Aggregator aggregator(
      FeatureGroup group, RecordSink sink, ResultSink results, Metrics metrics) {
    RedisStateStore store =
        RedisStateStore.of(
            group, connections.get(0), TIME_TO_LIVE, CACHE_BYTES, new InMemoryArchive(), metrics);
    return new Aggregator(group, store, results, sink, TIME_TO_LIVE, clock, metrics);
  }

  /** Sets the clock to the newest event, so that windows move as they would. */
  @Override
  public void handle(Delivery delivery, LongConsumer invocations) {
    clock.set(Math.max(clock.millis(), delivery.newestMillis()));
    functions.forEach(
        (group, aggregator) -> {
          if (group.eventTypes().stream().anyMatch(t -> t.stream().equals(delivery.stream()))) {
            long start = System.nanoTime();
            BatchReport report = aggregator.process(records(delivery.event()));
            invocations.accept(System.nanoTime() - start);
            if (report.firstUnfinished().isPresent() || report.invalid() > 0) {
              throw new IllegalStateException(group + " did not do its work: " + report);
            }
          }
        });
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
    connections.forEach(Redis::close);
  }
}
