package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.state.Archive;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Rebuilds one group without history: its own engine processes past events. Used by one thread at a
 * time.
 *
 * <p>Holds results until all events are processed, so that no model reads a count of the first few
 * events. Puts only the last result of each key: at the end, or when too many keys wait.
 */
final class GroupRebuild implements RebuiltGroup {

  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_KEYS = 100_000;
  private static final int PAGE = 10_000;

  private final GroupStreams deployed;
  private final Redis state;
  private final ResultSink results;
  private final Map<String, FeatureResult> newest = new LinkedHashMap<>();
  private final Aggregator aggregator;
  private long published;
  private long events;
  private long applied;
  private long held;
  private long late;
  private long invalid;

  /**
   * @param timeToLive how long the state of a key of a last-N group is kept after its last write
   */
  GroupRebuild(
      GroupStreams deployed, Redis state, Duration timeToLive, ResultSink results, Clock clock) {
    this.deployed = deployed;
    this.state = state;
    this.results = results;
    this.aggregator =
        new Aggregator(
            deployed.group(),
            RedisStateStore.joining(
                deployed.group(), state, timeToLive, Archive.NONE, Metrics.NONE),
            this::hold,
            letters -> new BitSet(), // the function wrote them when the event first arrived
            timeToLive,
            clock,
            Metrics.NONE);
  }

  @Override
  public FeatureGroup group() {
    return deployed.group();
  }

  @Override
  public boolean reads(String stream) {
    return deployed.streams().contains(stream);
  }

  @Override
  public void process(List<Arrived> arrived) {
    List<StreamRecord> records = arrived.stream().map(Arrived::record).toList();
    BatchReport report = aggregator.process(records);
    for (int attempt = 1; report.firstUnfinished().isPresent(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "the state store %s does not take the events of %s; mend it and begin again"
                .formatted(state, deployed.group()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      report = aggregator.process(records);
    }
    count(report);
  }

  private void count(BatchReport report) {
    events += report.received() - report.skipped();
    applied += report.applied();
    held += report.duplicates();
    late += report.late();
    invalid += report.invalid();
  }

  private BitSet hold(List<FeatureResult> computed) {
    computed.forEach(result -> newest.put(result.key(), result));
    if (newest.size() > MOST_KEYS) {
      publish();
    }
    return new BitSet();
  }

  @Override
  public void publish() {
    List<FeatureResult> all = List.copyOf(newest.values());
    for (int from = 0; from < all.size(); from += PAGE) {
      publish(all.subList(from, Math.min(all.size(), from + PAGE)));
    }
    published += newest.size();
    newest.clear();
  }

  private void publish(List<FeatureResult> page) {
    BitSet missing = results.put(page);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%d results of %s were not acknowledged; mend the feature store and begin again"
              .formatted(missing.cardinality(), deployed.group()));
    }
  }

  @Override
  public String line() {
    return "%s: %d events, %d of them new, %d held already, %d too old, %d invalid; %d results"
        .formatted(deployed.group(), events, applied, held, late, invalid, published);
  }
}
