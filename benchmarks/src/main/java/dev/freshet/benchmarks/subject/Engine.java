package dev.freshet.benchmarks.subject;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.Latencies;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.datadog.MeterMetrics;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/** One instance of each function, over one connection to the state store. */
public final class Engine implements Subject {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  private final Redis redis;
  private final EventClock clock = new EventClock();
  private final List<Function> functions;

  private Engine(Redis redis, List<FeatureGroup> groups, RecordSink sink) {
    this.redis = redis;
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    this.functions =
        groups.stream().map(group -> function(group, sink, metrics.of(group.name()))).toList();
  }

  /**
   * An engine of some feature groups.
   *
   * @param url of the state store, as Redis clients write it
   * @param sink gets results and dead letters
   */
  public static Engine of(String url, List<FeatureGroup> groups, RecordSink sink) {
    return of(url, 0, groups, sink);
  }

  /**
   * An engine that waits for replicas.
   *
   * @param replicas how many must have each write before it counts as done
   */
  public static Engine of(String url, int replicas, List<FeatureGroup> groups, RecordSink sink) {
    return new Engine(Redis.at(url, TIMEOUT).replicatedTo(replicas), groups, sink);
  }

  private Function function(FeatureGroup group, RecordSink sink, Metrics metrics) {
    RedisStateStore store = RedisStateStore.of(group, redis, TIME_TO_LIVE, metrics);
    return new Function(
        group, new Aggregator(group, store, sink, sink, TIME_TO_LIVE, clock, metrics));
  }

  @Override
  public void handle(Delivery delivery, Latencies invocations) {
    clock.moveTo(delivery.newestMillis());
    for (Function function : functions) {
      if (function.group.indexOf(delivery.stream().eventType()) >= 0) {
        long start = System.nanoTime();
        function.invoke(delivery.event());
        invocations.add(System.nanoTime() - start);
      }
    }
  }

  @Override
  public void close() {
    redis.close();
  }

  private record Function(FeatureGroup group, Aggregator aggregator) {

    void invoke(KinesisEvent event) {
      BatchReport report = aggregator.process(records(event));
      if (report.firstUnfinished().isPresent() || report.invalid() > 0) {
        throw new IllegalStateException(group + " did not do its work: " + report);
      }
    }

    /** As the functions' handler does. */
    private static List<StreamRecord> records(KinesisEvent event) {
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
  }
}
