package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateKind;
import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The paths of a format's members that name the type, the partition key and the times. */
final class FormatPaths {

  private static final String TIME_SUFFIX = "At";

  private final EventFormat format;
  private final List<FeatureGroup> groups;
  private final Map<String, EventType> types = new LinkedHashMap<>();
  private final Map<String, TimeFormat> times = new LinkedHashMap<>();
  private final Map<EventType, Set<String>> keys = new LinkedHashMap<>();

  FormatPaths(EventFormat format, List<FeatureGroup> groups) {
    this.format = format;
    this.groups = groups;
    add(ofEvent(format.occurredAt()), format.time());
    groups.stream()
        .flatMap(group -> group.eventTypes().stream())
        .filter(type -> type.format().equals(format))
        .forEach(this::add);
  }

  private void add(EventType type) {
    if (types.putIfAbsent(type.name(), type) != null) {
      return;
    }
    if (format.time().unit() == TimeFormat.Unit.TEXT_OR_MILLIS) {
      type.members().stream()
          .filter(member -> member.endsWith(TIME_SUFFIX))
          .forEach(member -> add(ofRow(member), format.time()));
    }
    Set<String> key = keys.computeIfAbsent(type, unseen -> new LinkedHashSet<>());
    readers(type).forEach(group -> addItems(type, group, key));
    format.id().stream().limit(1).forEach(path -> key.addAll(ofEvent(path)));
    for (FeatureGroup group : readers(type)) {
      group.dimension().members().stream().limit(1).forEach(path -> key.addAll(ofRow(path)));
      inputs(group).forEach(this::addTimes);
    }
  }

  private List<FeatureGroup> readers(EventType type) {
    return groups.stream().filter(group -> group.eventTypes().contains(type)).toList();
  }

  private void addItems(EventType type, FeatureGroup group, Set<String> key) {
    for (StateKind kind : group.kinds()) {
      kind.items()
          .filter(items -> items.stageOfType().get(group.eventTypes().indexOf(type)) >= 0)
          .map(items -> group.columns().texts().get(items.item()).paths().get(0))
          .ifPresent(path -> key.addAll(ofRow(path)));
    }
  }

  private static Stream<Input> inputs(FeatureGroup group) {
    return Stream.concat(
        group.columns().numbers().stream(),
        group.columns().filters().stream().map(Filter::inputs).flatMap(List::stream));
  }

  private void addTimes(Input input) {
    TimeFormat own =
        input instanceof Input.Seconds seconds
            ? seconds.time()
            : input instanceof Input.Instant instant ? instant.time() : null;
    if (input instanceof Input.Seconds || input instanceof Input.Instant) {
      input.paths().forEach(path -> add(ofRow(path), own == null ? format.time() : own));
    }
  }

  private void add(List<String> paths, TimeFormat unit) {
    paths.forEach(path -> times.putIfAbsent(path, unit));
  }

  /** Returns where a member of every event of the format may stand. */
  private List<String> ofEvent(String path) {
    return format.layout() == Layout.DEBEZIUM ? List.of(path, "payload." + path) : List.of(path);
  }

  /** Returns where a member that features read may stand. */
  private List<String> ofRow(String path) {
    return format.layout() == Layout.DEBEZIUM
        ? Stream.of("after.", "before.").flatMap(row -> ofEvent(row + path).stream()).toList()
        : List.of(path);
  }

  /** Returns all the paths. */
  Stream<String> all() {
    Stream<String> named = format.isTypeOfStream() ? Stream.of() : ofEvent(format.type()).stream();
    return Stream.of(named, times.keySet().stream(), keys()).flatMap(each -> each);
  }

  /** Returns whether a stream carries events of the format; true if the stream is not known. */
  boolean isCarriedBy(String stream) {
    return stream.isEmpty()
        || types.values().stream().anyMatch(each -> each.stream().equals(stream));
  }

  /** Returns the name of an event's type; null if neither the event nor its stream tells it. */
  String typeName(JsonText event, String stream) {
    return format.isTypeOfStream()
        ? types.values().stream()
            .filter(each -> each.stream().equals(stream))
            .map(EventType::name)
            .findFirst()
            .orElse(null)
        : event.first(ofEvent(format.type()));
  }

  /** Returns the type with a name; null if no group reads it. */
  EventType type(String name) {
    return types.get(name);
  }

  /** Returns the paths of the partition key, the best first. */
  Iterable<String> key(EventType type) {
    return keys.get(type);
  }

  /** Returns the paths of the partition keys of all types. */
  Stream<String> keys() {
    return keys.values().stream().flatMap(Set::stream);
  }

  /** Returns the paths of an event's own time. */
  List<String> occurredAt() {
    return ofEvent(format.occurredAt());
  }

  /** Returns the paths of all times, with their units. */
  Map<String, TimeFormat> times() {
    return times;
  }
}
