package dev.freshet.quality.audit;

import dev.freshet.definition.FeatureGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the findings of an audit, and keeps some that differ. */
final class Tally {

  private final Map<String, Map<Cause, Long>> groups = new LinkedHashMap<>();
  private final Map<Cause, List<Difference>> differences = new EnumMap<>(Cause.class);

  Tally(List<FeatureGroup> groups) {
    groups.forEach(each -> this.groups.put(each.name(), new EnumMap<>(Cause.class)));
  }

  void add(EntityId entity, FeatureGroup group, Finding found) {
    groups.get(group.name()).merge(found.cause(), 1L, Long::sum);
    List<Difference> kept = differences.computeIfAbsent(found.cause(), none -> new ArrayList<>());
    if (found.cause() != Cause.EQUAL && kept.size() < AuditReport.MOST_DIFFERENCES) {
      kept.add(
          new Difference(
              entity.dimension(),
              entity.id(),
              group.name() + ":" + found.name(),
              found.cause(),
              found.served(),
              found.computed(),
              found.why()));
    }
  }

  Map<String, Map<Cause, Long>> groups() {
    return groups;
  }

  /** Returns differences, unexplained ones first. */
  List<Difference> differences() {
    List<Difference> all = new ArrayList<>();
    List<Cause> causes = new ArrayList<>(List.of(Cause.values()));
    Collections.reverse(causes);
    causes.forEach(each -> all.addAll(differences.getOrDefault(each, List.of())));
    return List.copyOf(all.subList(0, Math.min(all.size(), AuditReport.MOST_DIFFERENCES)));
  }
}
