package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Rebuilds one group: its own engine processes past events. Used by one thread at a time. */
final class GroupRebuild {

  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final GroupStreams deployed;
  private final Redis state;
  private final LastResults results;
  private final Aggregator aggregator;
  private long events;
  private long applied;
  private long held;
  private long late;
  private long invalid;

  /**
   * @param timeToLive how long the state of a key of a last-N group is kept after its last write
   */
  GroupRebuild(
      GroupStreams deployed, Redis state, Duration timeToLive, LastResults results, Clock clock) {
    this.deployed = deployed;
    this.state = state;
    this.results = results;
    this.aggregator =
        new Aggregator(
            deployed.group(),
            RedisStateStore.joining(deployed.group(), state, timeToLive, Metrics.NONE),
            results,
            letters -> new BitSet(), // the function wrote them when the event first arrived
            timeToLive,
            clock,
            Metrics.NONE);
  }

  FeatureGroup group() {
    return deployed.group();
  }

  boolean reads(String stream) {
    return deployed.streams().contains(stream);
  }

  /**
   * Processes events; those that the state already holds change nothing.
   *
   * @throws IllegalStateException if the state store fails several times in a row
   */
  void process(List<StreamRecord> records) {
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

  void publish() {
    results.publish();
  }

  /** Returns one line about the events and results. */
  String line() {
    return "%s: %d events, %d of them new, %d held already, %d too old, %d invalid; %d results"
        .formatted(deployed.group(), events, applied, held, late, invalid, results.published());
  }
}
