package dev.freshet.console.page;

import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.redis.Redis;
import dev.freshet.state.redis.RedisDueKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The entities whose features time alone will change, and what recalculates them. */
public final class TimePage implements Page {

  /** Failures that are older are history. */
  private static final Duration RECENT = Duration.ofHours(24);

  private final Map<String, RedisDueKeys> indexes = new LinkedHashMap<>();
  private final boolean hasState;
  private final RecalculationRuns executions;
  private final Supplier<StateMachineCounters> counters;
  private final InstantSource time;

  /**
   * @param state the state store; empty if it cannot be reached from here
   * @param counters of the state machine since the start; null if they are not known
   */
  public TimePage(
      Catalogue catalogue,
      Optional<Redis> state,
      RecalculationRuns executions,
      Supplier<StateMachineCounters> counters,
      InstantSource time) {
    this.hasState = state.isPresent();
    for (FeatureGroup group : catalogue.groupsMovedByTime()) {
      state.ifPresent(redis -> indexes.put(group.name(), new RedisDueKeys(group, redis)));
    }
    this.executions = executions;
    this.counters = counters;
    this.time = time;
  }

  /**
   * The groups as of an instant.
   *
   * @param groups null if they are not known
   * @param running the executions that run
   * @param failed those that failed or timed out in 24 hours
   * @param counters null if they are not known
   * @param notKnown why something is missing; null if nothing is
   */
  record Times(
      long atMillis,
      List<Pending> groups,
      RecalculationRuns.Found running,
      long failed,
      StateMachineCounters counters,
      String notKnown) {}

  /**
   * The entities of a group.
   *
   * @param entities how many change by time alone
   * @param nextMillis when the next one changes; null if none does
   * @param lagMillis how long that has been due; 0 if it is not
   */
  record Pending(String featureGroup, long entities, Long nextMillis, long lagMillis) {}

  @Override
  public Times read(Map<String, String> parameters) {
    long now = time.millis();
    List<Pending> groups =
        indexes.entrySet().stream()
            .map(each -> pending(each.getKey(), each.getValue(), now))
            .toList();
    return new Times(
        now,
        hasState ? groups : null,
        executions.with(ExecutionStatus.RUNNING),
        failed(ExecutionStatus.FAILED, now) + failed(ExecutionStatus.TIMED_OUT, now),
        counters.get(),
        hasState
            ? null
            : "the entities that wait are in the state store: "
                + "name it with --state-store URL, through a tunnel if it is in a VPC");
  }

  private long failed(ExecutionStatus status, long now) {
    return executions.with(status).executions().stream()
        .filter(each -> each.startedMillis() > now - RECENT.toMillis())
        .count();
  }

  private static Pending pending(String group, RedisDueKeys index, long now) {
    OptionalLong next = index.next();
    return new Pending(
        group,
        index.size(),
        next.isPresent() ? next.getAsLong() : null,
        next.isPresent() ? Math.max(0, now - next.getAsLong()) : 0);
  }
}
