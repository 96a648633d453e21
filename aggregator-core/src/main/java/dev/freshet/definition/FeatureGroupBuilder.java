package dev.freshet.definition;

import dev.freshet.fold.StateKind;
import dev.freshet.lastevents.LastEventsKind;
import dev.freshet.transformation.Transformation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds a {@link FeatureGroup}; {@link #build} rejects contradictions.
 *
 * <p>A group may have a last-N window and time windows over the events that it {@link #reads}, and
 * time windows and statuses of the items whose stages it {@link #follows}.
 */
public final class FeatureGroupBuilder {

  /** With the longest names, a result of this many features fills a fifth of a Kinesis record. */
  private static final int MOST_FEATURES = 1_000;

  private final String name;
  private final List<EventType> read = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Feature> features = new ArrayList<>();
  private final List<Transformation> transformations = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Consumer<TimelineCompiler>> ofEvents = new ArrayList<>();
  private final List<Consumer<TimelineCompiler>> ofItems = new ArrayList<>();
  private final List<Aggregate> aggregates = new ArrayList<>();
  private String description = "";
  private Dimension dimension;
  private Value value;
  private LastEvents lastEvents;

  /** The kinds of state that a group may have, in the order of their results. */
  private enum Part {
    LAST_EVENTS,
    EVENTS,
    ITEMS
  }

  FeatureGroupBuilder(String name) {
    this.name = name;
  }

  /** Sets the meaning and the purpose of the features: a sentence or two for the catalogue. */
  public FeatureGroupBuilder describedAs(String meaning) {
    require(description.isEmpty(), "describedAs() is called twice: keep one");
    description = meaning.strip();
    return this;
  }

  /** Sets the kind of entity that the features describe. */
  public FeatureGroupBuilder dimension(Dimension dimension) {
    requireFirst("dimension()", this.dimension, dimension);
    this.dimension = dimension;
    return this;
  }

  /** Adds event types to read. */
  public FeatureGroupBuilder reads(EventType... types) {
    read.addAll(List.of(types));
    return this;
  }

  /** Adds stages of an item to follow; the group then reads the events that enter them. */
  public FeatureGroupBuilder follows(Stage... followed) {
    stages.addAll(List.of(followed));
    return this;
  }

  /** Sets the value to take from each event. */
  public FeatureGroupBuilder value(Value value) {
    requireFirst("value()", this.value, value);
    this.value = value;
    return this;
  }

  /** Declares features of the values of the last events. */
  public FeatureGroupBuilder over(LastEvents window, Transformation... computed) {
    requireFirst("over() with a last-N window", lastEvents, window);
    requireSome(window, computed.length);
    lastEvents = window;
    for (Transformation transformation : computed) {
      parts.add(Part.LAST_EVENTS);
      transformations.add(transformation);
      features.add(
          new Feature(
              Names.requireSnakeCase("transformation", transformation.name()),
              window.toString(),
              transformation.formula()));
    }
    return this;
  }

  /** Declares features of the events or stages in a time window. */
  public FeatureGroupBuilder over(TimeWindow window, Aggregate... computed) {
    requireSome(window, computed.length);
    aggregates.addAll(List.of(computed));
    for (Aggregate aggregate : computed) {
      boolean isOfItems = aggregate instanceof Aggregate.Entered;
      parts.add(isOfItems ? Part.ITEMS : Part.EVENTS);
      (isOfItems ? ofItems : ofEvents).add(timeline -> timeline.add(window, aggregate));
      features.add(
          new Feature(
              aggregate.stem() + "_" + window.label(), window.toString(), aggregate.formula()));
    }
    return this;
  }

  /** Declares features that count the items in a status. */
  public FeatureGroupBuilder over(LookBack lookBack, Status... computed) {
    requireSome(lookBack, computed.length);
    for (Status status : computed) {
      parts.add(Part.ITEMS);
      ofItems.add(timeline -> timeline.add(lookBack, status));
      features.add(new Feature(status.name(), lookBack.toString(), status.formula()));
    }
    return this;
  }

  /**
   * Returns the finished declaration.
   *
   * @throws IllegalArgumentException if parts of the declaration contradict each other; the message
   *     names them
   */
  public FeatureGroup build() {
    require(dimension != null, "a dimension is missing");
    List<EventType> eventTypes = eventTypes();
    require(!eventTypes.isEmpty(), "it reads no event type");
    require(!features.isEmpty(), "it has no features");
    require(features.size() <= MOST_FEATURES, "more than " + MOST_FEATURES + " features");
    requireDifferent(features.stream().map(Feature::name).toList(), "feature");
    requireDifferent(eventTypes.stream().map(EventType::name).toList(), "event type");
    requireOneItem(eventTypes);
    requireDifferent(stages.stream().map(Stage::name).toList(), "stage");
    require(lastEvents == null || value != null, "a last-N window needs a value");
    require(value == null || !read.isEmpty(), "a value goes with reads(), not with follows()");
    requireCarriedMembers(eventTypes);
    requireValueIsRead();
    Map<Part, StateKind> kinds = kinds(eventTypes);
    require(
        read.isEmpty() || lastEvents != null || !ofEvents.isEmpty(),
        "no feature uses the events that it reads");
    require(stages.isEmpty() || !ofItems.isEmpty(), "no feature uses the stages that it follows");
    return new FeatureGroup(
        name,
        description,
        dimension,
        eventTypes,
        Optional.ofNullable(value),
        List.copyOf(kinds.values()),
        places(kinds),
        features);
  }

  /** Returns the event types that it reads, then those that enter stages. */
  private List<EventType> eventTypes() {
    List<EventType> types = new ArrayList<>(read);
    for (Stage stage : stages) {
      if (!read.contains(stage.enteredBy())) {
        types.add(stage.enteredBy());
      }
    }
    return types;
  }

  private void requireOneItem(List<EventType> eventTypes) {
    List<String> items = eventTypes.stream().map(EventType::item).distinct().toList();
    require(items.size() < 2, "its event types name their items differently: " + items);
  }

  private Map<Part, StateKind> kinds(List<EventType> eventTypes) {
    Map<Part, StateKind> kinds = new EnumMap<>(Part.class);
    if (lastEvents != null) {
      BitSet types = new BitSet();
      types.set(0, read.size());
      kinds.put(Part.LAST_EVENTS, new LastEventsKind(lastEvents.size(), types, transformations));
    }
    if (!ofEvents.isEmpty()) {
      TimelineCompiler timeline = TimelineCompiler.ofEvents(name);
      ofEvents.forEach(each -> each.accept(timeline));
      kinds.put(Part.EVENTS, timeline.compile(eventTypes, read, value));
    }
    if (!ofItems.isEmpty()) {
      TimelineCompiler timeline = TimelineCompiler.ofItems(name, stages);
      ofItems.forEach(each -> each.accept(timeline));
      kinds.put(Part.ITEMS, timeline.compile(eventTypes, read, null));
    }
    return kinds;
  }

  /** Returns for each declared feature its index among the features of all kinds. */
  private int[] places(Map<Part, StateKind> kinds) {
    Map<Part, Integer> next = new EnumMap<>(Part.class);
    int start = 0;
    for (Map.Entry<Part, StateKind> each : kinds.entrySet()) {
      next.put(each.getKey(), start);
      start += each.getValue().width();
    }
    return parts.stream().mapToInt(part -> next.merge(part, 1, Integer::sum) - 1).toArray();
  }

  /** Rejects misspelt members: with one, the group would skip every event. */
  private void requireCarriedMembers(List<EventType> eventTypes) {
    eventTypes.forEach(type -> requireCarried(type, dimension.member()));
    if (value == null) {
      return;
    }
    if (lastEvents != null || read.size() == 1) {
      read.forEach(type -> value.members().forEach(each -> requireCarried(type, each)));
    } else {
      require(
          read.stream().anyMatch(type -> value.members().stream().allMatch(type::carries)),
          "no event type that it reads carries " + String.join(" and ", value.members()));
    }
  }

  private void requireCarried(EventType type, String member) {
    require(
        type.carries(member),
        "%s carries no %s, only %s; correct the member, or add it to carrying()"
            .formatted(type.name(), Names.cut(member), String.join(", ", type.members())));
  }

  /** Rejects a value that no feature reads, and features named after another value. */
  private void requireValueIsRead() {
    if (value == null || lastEvents != null) {
      return;
    }
    require(
        aggregates.stream().anyMatch(ValueRules::readsTheValue),
        "no feature reads its value, %s: add sum() or average(), or leave value() out"
            .formatted(Names.cut(value.toString())));
    try {
      ValueRules.requireNamesOf(value, aggregates, read);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("feature group " + name + ": " + e.getMessage(), e);
    }
  }

  private void requireFirst(String call, Object before, Object now) {
    require(
        before == null,
        "%s is called twice, with %s and then %s: keep one".formatted(call, before, now));
  }

  private void requireSome(Object window, int computed) {
    require(computed > 0, "over(%s) computes nothing: name its features".formatted(window));
  }

  private void requireDifferent(List<String> names, String what) {
    Set<String> seen = new HashSet<>();
    for (String each : names) {
      require(seen.add(each), "the " + what + " " + each + " is declared twice");
    }
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("feature group " + name + ": " + complaint);
    }
  }
}
