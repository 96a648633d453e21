package dev.freshet.quality.audit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of an audit.
 *
 * @param seed draws the same entities again
 * @param entities how many entities were compared
 * @param events how many events were read, each once for all feature groups
 * @param milliseconds how long it took
 * @param groups by the name of the feature group, how many values have each cause
 * @param differences those of each cause, unexplained ones first, a hundred at most
 * @param leftOut what was not compared, and why, for people to read
 */
public record AuditReport(
    long seed,
    int entities,
    long events,
    long milliseconds,
    Map<String, Map<Cause, Long>> groups,
    List<Difference> differences,
    List<String> leftOut) {

  /** How many differences are listed. */
  static final int MOST_DIFFERENCES = 100;

  /** Returns how many values have each cause. */
  public Map<Cause, Long> causes() {
    Map<Cause, Long> sums = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      sums.put(cause, count(cause));
    }
    return sums;
  }

  /** Returns how many values have a cause. */
  public long count(Cause cause) {
    return groups.values().stream().mapToLong(each -> each.getOrDefault(cause, 0L)).sum();
  }

  /** Returns how many values were compared. */
  public long compared() {
    return groups.keySet().stream().mapToLong(this::compared).sum();
  }

  /** Returns how many values of a group were compared. */
  public long compared(String group) {
    return groups.get(group).entrySet().stream()
        .filter(each -> each.getKey() != Cause.BEYOND_RETENTION)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Returns the outcome in one line. */
  public String line() {
    StringBuilder text =
        new StringBuilder(
            "compared %,d values of %,d entities with %,d events in %.1f s, seed %d:"
                .formatted(compared(), entities, events, milliseconds / 1000.0, seed));
    causes().forEach((cause, number) -> text.append(" %,d %s,".formatted(number, cause)));
    return text.substring(0, text.length() - 1);
  }
}
