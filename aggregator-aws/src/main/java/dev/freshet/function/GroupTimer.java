package dev.freshet.function;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.NextChanges;
import dev.freshet.runtime.Clients;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.stepfunctions.RecalculationTimer;
import dev.freshet.stepfunctions.StepFunctions;
import dev.freshet.stepfunctions.WakeUp;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The index of the keys of one feature group that change by time alone, and the timer that wakes
 * for them, wired to the clients of this process.
 */
final class GroupTimer {

  private static final Map<String, GroupTimer> BY_NAME = new ConcurrentHashMap<>();

  private final RedisDueKeys dueKeys;
  private final Optional<RecalculationTimer> timer;

  private GroupTimer(RedisDueKeys dueKeys, Optional<RecalculationTimer> timer) {
    this.dueKeys = dueKeys;
    this.timer = timer;
  }

  /** Returns the timer of a group of the catalogue, with the clients of this process. */
  static GroupTimer named(String group) {
    return BY_NAME.computeIfAbsent(
        group, name -> of(Catalogue.load().group(name), Clients.shared()));
  }

  static GroupTimer of(FeatureGroup group, Clients clients) {
    return new GroupTimer(
        new RedisDueKeys(group, clients.stateStore(), clients.settings().historyAwake()),
        timer(group, clients));
  }

  /**
   * Creates the timer; empty if time does not change the group's features, or no state machine is
   * set.
   */
  private static Optional<RecalculationTimer> timer(FeatureGroup group, Clients clients) {
    return clients
        .settings()
        .recalculationStateMachineArn()
        .filter(arn -> group.movesWithTime())
        .map(
            arn ->
                new RecalculationTimer(
                    group.name(),
                    clients.settings().recalculationRanges(),
                    clients.stateStore(),
                    StepFunctions.ofEnvironment(arn, clients.http()),
                    clients.settings().recalculationResolution(),
                    clients.clock(),
                    clients.metrics(group.name())));
  }

  RedisDueKeys dueKeys() {
    return dueKeys;
  }

  /** Ensures that recalculations wake no later than the first changes. */
  void wakeFor(NextChanges changes) {
    timer.ifPresent(each -> each.wakeFor(changes));
  }

  /** Returns when to wake again after a recalculation. */
  WakeUp next(WakeUp wakeUp) {
    return timer
        .orElseThrow(() -> new IllegalStateException("set RECALCULATION_STATE_MACHINE_ARN"))
        .next(wakeUp, dueKeys);
  }

  /** Starts executions where keys are pending and none is under way. */
  void watch() {
    timer.ifPresent(each -> each.watch(dueKeys));
  }
}
