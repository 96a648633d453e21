package dev.freshet.operations.cost;

import dev.freshet.definition.FeatureGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A function with feature groups that reads one stream of events.
 *
 * @param stream that it reads
 * @param groups how many feature groups of the function use its events, on average
 */
record Readings(String stream, double groups) {

  /** Returns the readings of a stage: as it declares them, or with one function an entity. */
  static List<Readings> of(DeclaredStage stage, BillingSettings settings) {
    return settings.is("functions", "by-entity")
        ? byEntity(stage.groups())
        : declared(stage.reads(), stage.groups());
  }

  private static List<Readings> declared(
      Map<String, Set<String>> reads, List<FeatureGroup> groups) {
    List<Readings> readings = new ArrayList<>();
    reads.values().stream()
        .flatMap(Set::stream)
        .sorted()
        .forEach(
            stream -> {
              long readers = reads.values().stream().filter(all -> all.contains(stream)).count();
              readings.add(new Readings(stream, (double) groupsOf(stream, groups) / readers));
            });
    return readings;
  }

  private static List<Readings> byEntity(List<FeatureGroup> groups) {
    Map<String, List<FeatureGroup>> entities = new HashMap<>();
    groups.forEach(
        group ->
            entities
                .computeIfAbsent(group.dimension().name(), name -> new ArrayList<>())
                .add(group));
    return entities.values().stream()
        .flatMap(
            ofEntity ->
                ofEntity.stream()
                    .flatMap(group -> DeclaredStage.streamsOf(group).stream())
                    .distinct()
                    .map(stream -> new Readings(stream, groupsOf(stream, ofEntity))))
        .toList();
  }

  private static long groupsOf(String stream, List<FeatureGroup> groups) {
    return groups.stream().filter(group -> DeclaredStage.streamsOf(group).contains(stream)).count();
  }
}
