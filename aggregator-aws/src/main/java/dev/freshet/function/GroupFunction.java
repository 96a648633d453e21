package dev.freshet.function;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.AggregatedGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.runtime.Clients;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stepfunctions.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The state of one feature group and its recalculation, wired to the clients of this process. */
final class GroupFunction {

  private static final Map<String, GroupFunction> BY_NAME = new ConcurrentHashMap<>();

  private static final String RECALCULATION = "recalculation";

  private final AggregatedGroup aggregated;
  private final Recalculator recalculator;
  private final GroupTimer timer;

  private GroupFunction(AggregatedGroup aggregated, Recalculator recalculator, GroupTimer timer) {
    this.aggregated = aggregated;
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
        new AggregatedGroup(group, state, timer::wakeFor, metrics),
        new Recalculator(
            group,
            state,
            timer.dueKeys(),
            archive,
            clients.results(),
            clients.clock(),
            metrics,
            clients.ledger(RECALCULATION, clients::stateStore, Duration.ZERO)),
        timer);
  }

  /** The group for an aggregator; its batches ensure a recalculation at the first change. */
  AggregatedGroup aggregated() {
    return aggregated;
  }

  /** Recalculates keys that are due or will be soon; returns when to wake again. */
  WakeUp recalculate(WakeUp wakeUp, Linger linger) {
    WakeUp next;
    do {
      recalculator.recalculate(wakeUp.range(), linger::isTimeShort);
      next = timer.next(wakeUp);
    } while (next.pending() && linger.until(Instant.parse(next.wakeAt())));
    return next;
  }
}
