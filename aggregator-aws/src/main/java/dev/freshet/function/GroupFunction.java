package dev.freshet.function;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.runtime.Clients;
import dev.freshet.state.DueKeys;
import dev.freshet.state.StateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stepfunctions.RecalculationTimer;
import dev.freshet.stepfunctions.StepFunctions;
import dev.freshet.stepfunctions.WakeUp;
import dev.freshet.stream.StreamRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The engine of one feature group, wired to the clients of this process. */
final class GroupFunction {

  private final Aggregator aggregator;
  private final Recalculator recalculator;
  private final DueKeys dueKeys;
  private final Optional<RecalculationTimer> timer;

  private GroupFunction(
      Aggregator aggregator,
      Recalculator recalculator,
      DueKeys dueKeys,
      Optional<RecalculationTimer> timer) {
    this.aggregator = aggregator;
    this.recalculator = recalculator;
    this.dueKeys = dueKeys;
    this.timer = timer;
  }

  /**
   * @param handler the class name of the group's handler; a recalculation finds the group by it
   */
  static GroupFunction of(FeatureGroup group, String handler, Clients clients) {
    Metrics metrics = clients.metrics(group.name());
    Optional<RecalculationTimer> timer = timer(group, handler, clients, metrics);
    StateStore state =
        RedisStateStore.of(
            group,
            clients.stateStore(),
            clients.settings().timeToLive(),
            clients.settings().stateCacheBytes(),
            metrics);
    DueKeys dueKeys = new RedisDueKeys(group, clients.stateStore());
    return new GroupFunction(
        new Aggregator(
            group,
            timer.isPresent() ? announced(state, timer.get()) : state,
            clients.results(),
            clients.deadLetters(clients.stateStore()),
            clients.settings().timeToLive(),
            clients.clock(),
            metrics),
        new Recalculator(group, state, dueKeys, clients.results(), clients.clock(), metrics),
        dueKeys,
        timer);
  }

  /**
   * Creates the timer; empty if time does not change the group's features, or no state machine is
   * set.
   */
  private static Optional<RecalculationTimer> timer(
      FeatureGroup group, String handler, Clients clients, Metrics metrics) {
    return clients
        .settings()
        .recalculationStateMachineArn()
        .filter(arn -> group.movesWithTime())
        .map(
            arn ->
                new RecalculationTimer(
                    group.name(),
                    handler,
                    clients.stateStore(),
                    StepFunctions.ofEnvironment(arn, clients.http()),
                    clients.settings().recalculationResolution(),
                    clients.clock(),
                    metrics));
  }

  /**
   * Registers the group before its first write, so that the watchdog finds it even if this function
   * dies right after.
   */
  private static StateStore announced(StateStore state, RecalculationTimer timer) {
    return (changes, nowMillis, receiver) -> {
      timer.announce();
      state.apply(changes, nowMillis, receiver);
    };
  }

  /**
   * Processes a batch of events, and ensures a recalculation when the first published value
   * changes.
   */
  BatchReport process(List<StreamRecord> records) {
    BatchReport report = aggregator.process(records);
    OptionalLong change = report.nextChange();
    if (change.isPresent()) {
      timer.ifPresent(each -> each.wakeFor(change.getAsLong()));
    }
    return report;
  }

  /** Recalculates keys that are due or will be soon; returns when to wake again. */
  WakeUp recalculate(WakeUp wakeUp, Linger linger) {
    RecalculationTimer wakes =
        timer.orElseThrow(() -> new IllegalStateException("set RECALCULATION_STATE_MACHINE_ARN"));
    WakeUp next;
    do {
      recalculator.recalculate(linger::isTimeShort);
      next = wakes.next(wakeUp, dueKeys);
    } while (next.pending() && linger.until(Instant.parse(next.wakeAt())));
    return next;
  }

  /** Starts an execution if keys are pending and none is under way. */
  void watch() {
    timer.ifPresent(each -> each.watch(dueKeys));
  }
}
