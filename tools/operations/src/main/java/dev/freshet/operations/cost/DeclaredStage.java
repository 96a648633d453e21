package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The parts of a stage that are billed.
 *
 * @param name of the stage
 * @param settings its own
 * @param streams the streams of events
 * @param reads the streams that each function with feature groups reads
 * @param groups the feature groups of the catalogue
 * @param functions how many there are in all
 */
public record DeclaredStage(
    String name,
    BillingSettings settings,
    List<String> streams,
    Map<String, Set<String>> reads,
    List<FeatureGroup> groups,
    int functions) {

  static final String RESULTS = "feature-results";
  static final String DEAD_LETTERS = "dead-letters";

  private static final Set<String> OF_THE_STACK =
      Set.of("Engine", "NodeType", "StateStoreShards", "FeatureStoreShards", "ReplicasPerShard");

  /** The recalculation and its watchdog. */
  private static final int OTHER_FUNCTIONS = 2;

  /**
   * Reads {@code serverless.yml} as the deployment tool prints it.
   *
   * @param stack the parameters of the Redis stack, with their defaults
   * @param without names of feature groups to leave out, with the functions that are named after
   *     them
   * @throws IllegalArgumentException if there is no such group
   */
  static DeclaredStage of(
      String name,
      JsonNode service,
      Map<String, String> stack,
      List<FeatureGroup> groups,
      Set<String> without) {
    Map<String, Set<String>> reads = new TreeMap<>();
    boolean hasSubscriber = false;
    for (Map.Entry<String, JsonNode> function : service.path("functions").properties()) {
      Set<String> streams = textsOf(function.getValue().path("reads"));
      hasSubscriber |= streams.contains(RESULTS);
      if (!streams.isEmpty() && !streams.contains(RESULTS)) {
        reads.put(function.getKey(), streams);
      }
    }
    for (String group : without) {
      requireGroup(group, groups);
      reads.remove(group.replace('_', '-'));
    }
    return new DeclaredStage(
        name,
        settings(service, stack, hasSubscriber),
        service.at("/custom/event-streams/arns").properties().stream()
            .map(Map.Entry::getKey)
            .toList(),
        reads,
        groups.stream().filter(group -> !without.contains(group.name())).toList(),
        reads.size() + OTHER_FUNCTIONS + (hasSubscriber ? 1 : 0));
  }

  private static void requireGroup(String name, List<FeatureGroup> groups) {
    List<String> names = groups.stream().map(FeatureGroup::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "there is no feature group %s, only %s".formatted(name, String.join(", ", names)));
    }
  }

  private static BillingSettings settings(
      JsonNode service, Map<String, String> stack, boolean hasSubscriber) {
    Map<String, String> values = new HashMap<>(stack);
    values.keySet().retainAll(OF_THE_STACK);
    JsonNode custom = service.path("custom");
    JsonNode provider = service.path("provider");
    JsonNode recalculation = service.at("/functions/recalculation");
    put(values, "order", custom.path("event-streams"));
    put(values, "results", custom.path("output-streams").path(RESULTS));
    put(values, "dead-letter", custom.path("output-streams").path(DEAD_LETTERS));
    values.put("consumer", custom.at("/mapping/consumer").asText("shared"));
    values.put("batch-size", custom.at("/mapping/batchSize").asText("100"));
    values.put("batch-window-seconds", custom.at("/mapping/batchWindow").asText("0"));
    values.put("parallelization-factor", custom.at("/mapping/parallelizationFactor").asText("1"));
    values.put("tracing", provider.at("/tracing/lambda").asText("false"));
    values.put("system-log-level", provider.at("/logs/lambda/systemLogLevel").asText("INFO"));
    values.put("memory", provider.path("memorySize").asText("1024"));
    values.put(
        "recalculation-memory", recalculation.path("memorySize").asText(values.get("memory")));
    values.put("recalculation-ranges", ranges(provider, recalculation));
    values.put("feature-store-writes", hasSubscriber ? "stream" : "direct");
    values.put("functions", "declared");
    values.put("sizes", "declared");
    values.put("events-in-record", "1");
    values.put("events-in-batch", BillingSettings.COMPUTED);
    return new BillingSettings(values);
  }

  private static String ranges(JsonNode provider, JsonNode recalculation) {
    String name = "RECALCULATION_RANGES";
    return recalculation
        .path("environment")
        .path(name)
        .asText(provider.path("environment").path(name).asText("1"));
  }

  private static void put(Map<String, String> values, String prefix, JsonNode size) {
    values.put(prefix + "-shards", size.path("shards").asText("1"));
    values.put(prefix + "-retention-hours", size.path("retention-hours").asText("24"));
  }

  private static Set<String> textsOf(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return Set.copyOf(texts);
  }

  /** Returns the groups whose features change as time passes. */
  List<FeatureGroup> movedByTime() {
    return groups.stream().filter(FeatureGroup::movesWithTime).toList();
  }

  List<FeatureGroup> withHistory() {
    return groups.stream().filter(FeatureGroup::hasHistory).toList();
  }

  /** Returns the streams of a group's events. */
  static Set<String> streamsOf(FeatureGroup group) {
    return group.eventTypes().stream().map(EventType::stream).collect(Collectors.toSet());
  }
}
