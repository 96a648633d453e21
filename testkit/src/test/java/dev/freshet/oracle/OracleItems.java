package dev.freshet.oracle;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Items with the time of each of their stages: the earliest of the stage's events. */
final class OracleItems {

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Map<String, Long>> stagesByItem = new HashMap<>();

  /** Groups the events by the member that says which item they belong to. */
  OracleItems(String itemMember, Collection<OracleEvent> events) {
    for (OracleEvent event : events) {
      stagesByItem
          .computeIfAbsent(event.text(itemMember), item -> new HashMap<>())
          .merge(event.type(), event.occurredAt(), Math::min);
    }
  }

  /** How many items entered a stage in {@code (at − window, at]}. */
  double entered(String stage, long window, long at) {
    return stagesByItem.values().stream()
        .map(stages -> stages.getOrDefault(stage, NEVER))
        .filter(time -> at - window < time && time <= at)
        .count();
  }

  /** How many items entered a stage in {@code (at − lookBack, at]} and have none of the others. */
  double open(String since, long lookBack, long at, String... excluded) {
    return stagesByItem.values().stream()
        .filter(stages -> at - lookBack < stages.getOrDefault(since, NEVER))
        .filter(stages -> stages.getOrDefault(since, NEVER) <= at)
        .filter(
            stages ->
                Arrays.stream(excluded).allMatch(stage -> stages.getOrDefault(stage, NEVER) > at))
        .count();
  }
}
