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
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
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

  private final Redis redis;
  private final HandClock clock = new HandClock(0);
  private final Map<FunctionGroups, Aggregator> functions = new LinkedHashMap<>();

  private Engine(Redis redis, List<FunctionGroups> groups, RecordSink sink) {
    this.redis = redis;
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    for (FunctionGroups each : groups) {
      functions.put(each, aggregator(each, sink, metrics));
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
    List<FunctionGroups> each =
        groups.stream().map(group -> new FunctionGroups(List.of(group))).toList();
    return new Engine(Redis.at(url, TIMEOUT).replicatedTo(replicas), each, sink);
  }

  /** Returns an engine of some functions, each of several feature groups. */
  public static Engine ofFunctions(String url, List<FunctionGroups> functions, RecordSink sink) {
    return new Engine(Redis.at(url, TIMEOUT), functions, sink);
  }

  private Aggregator aggregator(FunctionGroups groups, RecordSink sink, MeterMetrics metrics) {
    return new Aggregator(
        groups.all().stream().map(each -> aggregated(each, metrics.of(each.name()))).toList(),
        new StreamResults(sink),
        sink,
        TIME_TO_LIVE,
        clock);
  }

  private AggregatedGroup aggregated(FeatureGroup group, Metrics metrics) {
    RedisStateStore store =
        RedisStateStore.of(group, redis, TIME_TO_LIVE, CACHE_BYTES, new InMemoryArchive(), metrics);
    return new AggregatedGroup(group, store, millis -> {}, metrics);
  }

  /** Sets the clock to the newest event, so that windows move as they would. */
  @Override
  public void handle(Delivery delivery, LongConsumer invocations) {
    clock.set(Math.max(clock.millis(), delivery.newestMillis()));
    functions.forEach(
        (groups, aggregator) -> {
          if (groups.eventTypes().stream().anyMatch(t -> t.stream().equals(delivery.stream()))) {
            long start = System.nanoTime();
            BatchReport report = aggregator.process(records(delivery.event()));
            invocations.accept(System.nanoTime() - start);
            if (report.firstUnfinished().isPresent() || report.invalid() > 0) {
              throw new IllegalStateException(groups + " did not do its work: " + report);
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
    redis.close();
  }
}
