package dev.freshet.benchmarks.soak;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.testing.FakeSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An instance of a group's function, and the mapping that hands it batches of its shard. */
final class SoakFunction {

  private static final int MOST_RECORDS = 500;
  private static final int MOST_ATTEMPTS = 30;

  /** Small enough to be full in minutes, so that what still grows afterwards is a leak. */
  static final long CACHE_BYTES = 100_000;

  private final FeatureGroup group;
  private final Aggregator aggregator;
  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();
  private long transformations;
  private long unfinished;
  private long harmed;
  private long buried;

  SoakFunction(FeatureGroup group, Redis redis, Clock clock) {
    this.group = group;
    this.aggregator =
        new Aggregator(
            group,
            RedisStateStore.of(group, redis, Duration.ofDays(1), CACHE_BYTES, Metrics.NONE),
            new StreamResults(results),
            deadLetters,
            Duration.ofDays(90),
            clock,
            Metrics.NONE);
  }

  /** The records of the streams that the group reads: as many batches as there are streams. */
  void process(List<SoakEvent> events) {
    Map<String, List<SoakEvent>> streams = new TreeMap<>();
    for (SoakEvent event : events) {
      if (group.indexOf(event.type()) >= 0) {
        streams.computeIfAbsent(event.type(), unseen -> new ArrayList<>()).add(event);
      }
    }
    for (List<SoakEvent> stream : streams.values()) {
      for (int from = 0; from < stream.size(); from += MOST_RECORDS) {
        finish(stream.subList(from, Math.min(from + MOST_RECORDS, stream.size())));
      }
    }
  }

  /** As the mapping does: what is unfinished comes again. */
  private void finish(List<SoakEvent> batch) {
    List<SoakEvent> open = batch;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      BatchReport report = aggregator.process(open.stream().map(SoakEvent::record).toList());
      transformations += report.applied();
      harmed += open.stream().filter(SoakEvent::harmed).count();
      buried += deadLetters.drain().size();
      if (report.firstUnfinished().isEmpty()) {
        return;
      }
      unfinished++;
      open = open.subList(report.done(), open.size());
    }
    throw new AssertionError(group + ": a batch failed " + MOST_ATTEMPTS + " times");
  }

  /** What it published since the last call. */
  Collection<OutgoingRecord> published() {
    return results.drain();
  }

  /** How many events changed the state. */
  long transformations() {
    return transformations;
  }

  /** How many batches had to come again. */
  long unfinished() {
    return unfinished;
  }

  /** How many harmed records it was handed, those that came again counted again. */
  long harmed() {
    return harmed;
  }

  /** How many dead letters it wrote. */
  long buried() {
    return buried;
  }
}
