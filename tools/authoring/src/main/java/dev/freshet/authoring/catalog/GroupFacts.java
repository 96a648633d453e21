package dev.freshet.authoring.catalog;

import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a catalogue says of a feature group, in whichever form. */
record GroupFacts(FeatureGroup group) {

  private static final int SHOWN_FIELDS = 3;

  /** Of every group, by name: the order does not depend on who lists them. */
  static List<GroupFacts> of(List<FeatureGroup> groups) {
    return groups.stream()
        .map(GroupFacts::new)
        .sorted(Comparator.comparing(GroupFacts::name))
        .toList();
  }

  String name() {
    return group.name();
  }

  String meaning() {
    return group.description();
  }

  /** Such as {@code features:table:<tableId>}. */
  String key() {
    return "features:%s:<%s>".formatted(group.dimension().name(), group.dimension().member());
  }

  /** The field of a feature in the entity's hash. */
  String field(Feature feature) {
    return name() + ":" + feature.name();
  }

  /** Fields that tell how the features came about. */
  List<String> bookkeeping() {
    return Stream.of("@version", "@computed_at", "@event_time", "@valid_until")
        .map(field -> name() + ":" + field)
        .toList();
  }

  List<String> eventTypes() {
    return group.eventTypes().stream().map(EventType::name).toList();
  }

  List<String> streams() {
    return group.eventTypes().stream().map(EventType::stream).toList();
  }

  /** The number that formulas call x; empty if events are only counted. */
  String value() {
    return group.value().map(Object::toString).orElse("");
  }

  /** A command of this project that reads the group. */
  String freshetCommand() {
    return "./freshet get %s 7 %s"
        .formatted(group.dimension().name(), String.join(" ", shownFields()));
  }

  /** A command of Redis that reads it. */
  String redisCommand() {
    return "redis-cli -p 6391 HMGET features:%s:7 %s"
        .formatted(group.dimension().name(), String.join(" ", shownFields()));
  }

  /** Python that reads it. */
  String python() {
    return """
        store = redis.Redis(port=6391, decode_responses=True)
        %s = store.hmget(
            "features:%s:7",
            %s)"""
        .formatted(
            shown().map(feature -> feature.name()).collect(Collectors.joining(", ")),
            group.dimension().name(),
            shownFields().stream()
                .map(field -> '"' + field + '"')
                .collect(Collectors.joining(",\n    ")));
  }

  private List<String> shownFields() {
    return shown().map(this::field).toList();
  }

  private Stream<Feature> shown() {
    return group.features().stream().limit(SHOWN_FIELDS);
  }
}
