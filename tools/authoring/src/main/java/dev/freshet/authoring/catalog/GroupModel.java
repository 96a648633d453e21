package dev.freshet.authoring.catalog;

import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that the catalogue says of a feature group, as the tree that JSON shows. */
final class GroupModel {

  private static final int SHOWN_FIELDS = 3;

  private GroupModel() {}

  static Map<String, Object> of(FeatureGroup group) {
    String dimension = group.dimension().name();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureGroup", group.name());
    tree.put("description", group.description());
    tree.put("dimension", dimension);
    tree.put("member", group.dimension().member());
    tree.put("inputs", group.eventTypes().stream().map(EventType::name).toList());
    tree.put("streams", group.eventTypes().stream().map(EventType::stream).toList());
    tree.put("value", group.value().map(Object::toString).orElse(null));
    tree.put("key", "features:%s:<%s>".formatted(dimension, group.dimension().member()));
    tree.put("features", group.features().stream().map(each -> feature(group, each)).toList());
    tree.put("bookkeeping", bookkeeping(group));
    tree.put("examples", examples(group));
    return tree;
  }

  private static Map<String, String> feature(FeatureGroup group, Feature feature) {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("name", feature.name());
    tree.put("window", feature.window());
    tree.put("formula", feature.formula());
    tree.put("field", group.name() + ":" + feature.name());
    return tree;
  }

  /** Fields that tell how the features came about. */
  private static List<String> bookkeeping(FeatureGroup group) {
    return Stream.of("@version", "@computed_at", "@event_time", "@valid_until")
        .map(field -> group.name() + ":" + field)
        .toList();
  }

  /** Commands and code that read the first features of the group. */
  private static Map<String, String> examples(FeatureGroup group) {
    String dimension = group.dimension().name();
    List<String> names = group.features().stream().limit(SHOWN_FIELDS).map(Feature::name).toList();
    List<String> fields = names.stream().map(name -> group.name() + ":" + name).toList();
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("shell", "./freshet get " + dimension + " 7 " + String.join(" ", fields));
    examples.put(
        "redis",
        "redis-cli -p 6391 HMGET features:%s:7 %s".formatted(dimension, String.join(" ", fields)));
    examples.put(
        "python",
        """
        store = redis.Redis(port=6391, decode_responses=True)
        %s = store.hmget(
            "features:%s:7",
            %s)"""
            .formatted(
                String.join(", ", names),
                dimension,
                fields.stream()
                    .map(field -> '"' + field + '"')
                    .collect(Collectors.joining(",\n    "))));
    return examples;
  }
}
