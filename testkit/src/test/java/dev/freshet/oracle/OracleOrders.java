package dev.freshet.oracle;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Orders with the time of each of their stages: the earliest of the stage's events. */
final class OracleOrders {

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Map<String, Long>> stagesByOrder = new HashMap<>();

  OracleOrders(Collection<OracleEvent> events) {
    for (OracleEvent event : events) {
      stagesByOrder
          .computeIfAbsent(event.orderId(), order -> new HashMap<>())
          .merge(event.type(), event.occurredAt(), Math::min);
    }
  }

  /** How many orders entered a stage in {@code (at − window, at]}. */
  double entered(String stage, long window, long at) {
    return stagesByOrder.values().stream()
        .map(stages -> stages.getOrDefault(stage, NEVER))
        .filter(time -> at - window < time && time <= at)
        .count();
  }

  /** How many orders were created in {@code (at − lookBack, at]} and have none of the stages. */
  double without(long lookBack, long at, String... excluded) {
    return open("ORDER_CREATED", lookBack, at, excluded);
  }

  /** How many orders entered a stage in {@code (at − lookBack, at]} and have none of the others. */
  double open(String since, long lookBack, long at, String... excluded) {
    return stagesByOrder.values().stream()
        .filter(stages -> at - lookBack < stages.getOrDefault(since, NEVER))
        .filter(stages -> stages.getOrDefault(since, NEVER) <= at)
        .filter(
            stages ->
                Arrays.stream(excluded).allMatch(stage -> stages.getOrDefault(stage, NEVER) > at))
        .count();
  }
}
