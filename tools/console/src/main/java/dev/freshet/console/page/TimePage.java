package dev.freshet.console.page;

import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.redis.Redis;
import dev.freshet.state.redis.RedisDueKeys;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The entities whose features time alone will change, and what recalculates them. */
public final class TimePage implements Page {

  private final Map<String, RedisDueKeys> indexes = new LinkedHashMap<>();
  private final Supplier<Optional<StateMachineCounters>> executions;
  private final InstantSource time;

  /**
   * @param state the state store
   * @param executions the counters of the state machine, if they are known
   */
  public TimePage(
      Catalogue catalogue,
      Redis state,
      Supplier<Optional<StateMachineCounters>> executions,
      InstantSource time) {
    for (FeatureGroup group : catalogue.groupsMovedByTime()) {
      indexes.put(group.name(), new RedisDueKeys(group, state));
    }
    this.executions = executions;
    this.time = time;
  }

  /** The groups as of an instant; {@code executions} is null if nothing is known of them. */
  record Times(long atMillis, List<Pending> groups, StateMachineCounters executions) {}

  /**
   * What is pending of a group.
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
    return new Times(now, groups, executions.get().orElse(null));
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
