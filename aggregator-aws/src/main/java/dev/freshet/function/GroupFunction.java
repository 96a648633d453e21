package dev.freshet.function;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.Recalculator;
import dev.freshet.engine.SampleEvents;
import dev.freshet.metrics.Metrics;
import dev.freshet.runtime.BatchLog;
import dev.freshet.runtime.Clients;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stepfunctions.WakeUp;
import dev.freshet.stream.StreamRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one feature group, wired to the clients of this process. */
final class GroupFunction {

  private static final Logger LOG = LoggerFactory.getLogger(GroupFunction.class);
  private static final Map<String, GroupFunction> BY_NAME = new ConcurrentHashMap<>();

  private final BatchLog log;
  private final Aggregator aggregator;
  private final Recalculator recalculator;
  private final GroupTimer timer;

  private GroupFunction(
      BatchLog log, Aggregator aggregator, Recalculator recalculator, GroupTimer timer) {
    this.log = log;
    this.aggregator = aggregator;
    this.recalculator = recalculator;
    this.timer = timer;
  }

  /**
   * Returns the function of a group of the catalogue, with the clients of this process.
   *
   * @throws IllegalArgumentException if the catalogue has no such group
   */
  static GroupFunction named(String group) {
    return BY_NAME.computeIfAbsent(
        group, name -> of(Catalogue.load().group(name), Clients.shared()));
  }

  /** Returns the function after a batch of sample events, under a name that nobody reads. */
  static GroupFunction primed(FeatureGroup group, Clients clients) {
    GroupFunction primed = of(group.priming(), clients);
    primed.process(SampleEvents.of(group, clients.clock().instant()));
    return primed;
  }

  static GroupFunction of(FeatureGroup declared, Clients clients) {
    FeatureGroup group = declared.holdingAtMost(clients.settings().mostEventsOfEntity());
    Metrics metrics = clients.metrics(group.name());
    GroupTimer timer = GroupTimer.of(group, clients);
    Archive archive = clients.archive(group);
    StateStore state =
        RedisStateStore.of(
            group,
            clients.stateStore(),
            clients.settings().timeToLive(),
            clients.settings().stateCacheBytes(),
            archive,
            metrics);
    return new GroupFunction(
        new BatchLog(LOG, group.name(), clients.clock()),
        new Aggregator(
            group,
            state,
            clients.results(),
            clients.deadLetters(clients.stateStore()),
            clients.settings().timeToLive(),
            clients.clock(),
            metrics),
        new Recalculator(
            group, state, timer.dueKeys(), archive, clients.results(), clients.clock(), metrics),
        timer);
  }

  /**
   * Processes a batch of events, and ensures a recalculation when the first published value
   * changes.
   */
  BatchReport process(List<StreamRecord> records) {
    BatchReport report = aggregator.process(records);
    report.nextChange().ifPresent(timer::wakeFor);
    log.batchDone(counts(report));
    return report;
  }

  private static Map<String, Integer> counts(BatchReport report) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("received", report.received());
    counts.put("applied", report.applied());
    counts.put("duplicates", report.duplicates());
    counts.put("late", report.late());
    counts.put("skipped", report.skipped());
    counts.put("invalid", report.invalid());
    counts.put("results", report.results());
    counts.put("done", report.done());
    return counts;
  }

  /** Recalculates keys that are due or will be soon; returns when to wake again. */
  WakeUp recalculate(WakeUp wakeUp, Linger linger) {
    WakeUp next;
    do {
      recalculator.recalculate(linger::isTimeShort);
      next = timer.next(wakeUp);
    } while (next.pending() && linger.until(Instant.parse(next.wakeAt())));
    return next;
  }
}
