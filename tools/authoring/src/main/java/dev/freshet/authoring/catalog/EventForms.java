package dev.freshet.authoring.catalog;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StagedItems;
import dev.freshet.fold.StateKind;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All that the catalogue says of event types, formats, lifecycles and late events. */
public final class EventForms {

  private EventForms() {}

  static Map<String, Object> tree(EventType type) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", type.name());
    tree.put("stream", type.stream());
    tree.put("members", type.members());
    tree.put("format", tree(type.format()));
    return tree;
  }

  private static Map<String, Object> tree(EventFormat format) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", format.id());
    tree.put("type", format.isTypeOfStream() ? null : format.type());
    tree.put("occurredAt", format.occurredAt());
    tree.put("unit", unit(format.time()));
    tree.put("maxAheadSeconds", format.maxAhead().toSeconds());
    tree.put("required", format.required());
    tree.put("layout", format.layout().name());
    return tree;
  }

  private static String unit(TimeFormat time) {
    return time.unit().description() + (time.zone() == null ? "" : ", in " + time.zone());
  }

  /** Describes a format in one line. */
  public static String text(EventFormat format) {
    return "id %s, type %s, occurred at %s (%s)%s"
        .formatted(
            format.id().isEmpty() ? "the content" : String.join("|", format.id()),
            format.isTypeOfStream() ? "of the stream" : format.type(),
            format.occurredAt(),
            unit(format.time()),
            format.required().isEmpty()
                ? ""
                : ", required " + String.join(", ", format.required()));
  }

  /** Returns the lifecycles of a group, each with the stages that its features use. */
  static List<Map<String, Object>> lifecycles(FeatureGroup group) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (StagedItems kind : kinds(group)) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("name", kind.name());
      tree.put("stages", stages(group, kind));
      tree.put("text", text(group, kind));
      trees.add(tree);
    }
    return trees;
  }

  private static Map<String, List<String>> stages(FeatureGroup group, StagedItems kind) {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    for (int stage = 0; stage < kind.stageNames().size(); stage++) {
      int wanted = stage;
      stages.put(
          kind.stageNames().get(stage),
          IntStream.range(0, group.eventTypes().size())
              .filter(type -> kind.stageOfType().get(type) == wanted)
              .mapToObj(type -> group.eventTypes().get(type).name())
              .toList());
    }
    return stages;
  }

  /** Describes the lifecycles of a group, a line each. */
  public static List<String> lifecycleTexts(FeatureGroup group) {
    return kinds(group).stream().map(kind -> text(group, kind)).toList();
  }

  /** Says which events are late for a group with history; empty for another. */
  public static Optional<String> lateness(FeatureGroup group) {
    return Optional.ofNullable(group.lateness())
        .map(each -> each.equals(Duration.ofDays(each.toDays())) ? each.toDays() + "d" : each)
        .map(each -> "an event that arrives " + each + " or more after its time is late");
  }

  private static String text(FeatureGroup group, StagedItems kind) {
    List<String> texts = new ArrayList<>();
    stages(group, kind)
        .forEach((stage, types) -> texts.add(stage + " by " + String.join(", ", types)));
    return kind.name() + ": " + String.join("; ", texts);
  }

  private static List<StagedItems> kinds(FeatureGroup group) {
    return group.kinds().stream().map(StateKind::items).flatMap(Optional::stream).toList();
  }
}
