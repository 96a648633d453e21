package dev.freshet.definition;

import dev.freshet.transformation.Transformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds a {@link FeatureGroup}; {@link #build} rejects what does not fit together.
 *
 * <p>A group has either one last-N window, or time windows. Time windows hold events, or, where the
 * group {@link #follows} stages, orders.
 */
public final class FeatureGroupBuilder {

  /** A result of so many, each with a name as long as it may be, is a fifth of a Kinesis record. */
  private static final int MOST_FEATURES = 1_000;

  private final String name;
  private final List<EventType> eventTypes = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Feature> features = new ArrayList<>();
  private final List<Transformation> transformations = new ArrayList<>();
  private final List<Consumer<TimelineCompiler>> timeWindows = new ArrayList<>();
  private String description = "";
  private Dimension dimension;
  private Value value;
  private LastEvents lastEvents;

  FeatureGroupBuilder(String name) {
    this.name = name;
  }

  /** What the features mean and what they are for: a sentence or two for the catalogue. */
  public FeatureGroupBuilder describedAs(String meaning) {
    description = meaning.strip();
    return this;
  }

  /** The entity that the features are about. */
  public FeatureGroupBuilder dimension(Dimension dimension) {
    this.dimension = dimension;
    return this;
  }

  /** The types of event to read, each an event of its own. */
  public FeatureGroupBuilder reads(EventType... types) {
    eventTypes.addAll(List.of(types));
    return this;
  }

  /** The stages of an order to follow; the events that enter them are read. */
  public FeatureGroupBuilder follows(Stage... followed) {
    for (Stage stage : followed) {
      stages.add(stage);
      eventTypes.add(stage.enteredBy());
    }
    return this;
  }

  /** The number to take from each event. */
  public FeatureGroupBuilder value(Value value) {
    this.value = value;
    return this;
  }

  /** Features of the values of the last events. */
  public FeatureGroupBuilder over(LastEvents window, Transformation... computed) {
    require(lastEvents == null, "one last-N window is enough");
    lastEvents = window;
    for (Transformation transformation : computed) {
      transformations.add(transformation);
      features.add(
          new Feature(
              Names.requireSnakeCase("transformation", transformation.name()),
              window.toString(),
              transformation.formula()));
    }
    return this;
  }

  /** Features of what is in a time window. */
  public FeatureGroupBuilder over(TimeWindow window, Aggregate... computed) {
    for (Aggregate aggregate : computed) {
      timeWindows.add(compiler -> compiler.add(window, aggregate));
      features.add(
          new Feature(
              aggregate.stem() + "_" + window.label(), window.toString(), aggregate.formula()));
    }
    return this;
  }

  /** Features of the orders that are in a status. */
  public FeatureGroupBuilder over(LookBack lookBack, Status... computed) {
    for (Status status : computed) {
      timeWindows.add(compiler -> compiler.add(lookBack, status));
      features.add(new Feature(status.name(), lookBack.toString(), status.formula()));
    }
    return this;
  }

  /**
   * The finished declaration.
   *
   * @throws IllegalArgumentException if the parts do not fit together; the message says which
   */
  public FeatureGroup build() {
    require(dimension != null, "a dimension is missing");
    require(!eventTypes.isEmpty(), "it reads nothing");
    require(!features.isEmpty(), "it has no features");
    require(features.size() <= MOST_FEATURES, "more than " + MOST_FEATURES + " features");
    requireDifferent(features.stream().map(Feature::name).toList(), "feature");
    requireDifferent(eventTypes.stream().map(EventType::name).toList(), "event type");
    require(
        lastEvents == null || timeWindows.isEmpty(),
        "last-N and time windows need a group of each");
    require(lastEvents == null || value != null, "a last-N window needs a value");
    require(
        stages.isEmpty() || stages.size() == eventTypes.size(), "reads() or follows(), not both");
    require(
        stages.isEmpty() || timeWindows.isEmpty() || value == null,
        "a value goes with reads(), not with follows()");
    requireCarriedMembers();
    return new FeatureGroup(name, description, dimension, eventTypes, computation(), features);
  }

  /** A misspelt member would make every event one to skip. */
  private void requireCarriedMembers() {
    eventTypes.forEach(type -> requireCarried(type, dimension.member()));
    if (value == null) {
      return;
    }
    if (lastEvents != null || eventTypes.size() == 1) {
      eventTypes.forEach(type -> value.members().forEach(each -> requireCarried(type, each)));
    } else {
      require(
          eventTypes.stream().anyMatch(type -> value.members().stream().allMatch(type::carries)),
          "no event type that it reads carries " + String.join(" and ", value.members()));
    }
  }

  private void requireCarried(EventType type, String member) {
    require(
        type.carries(member),
        "%s carries no %s, only %s"
            .formatted(type.name(), member, String.join(", ", type.members())));
  }

  private Computation computation() {
    if (lastEvents != null) {
      return new Computation.OfLastEvents(lastEvents, value, transformations);
    }
    TimelineCompiler compiler = new TimelineCompiler(name, stages, value != null);
    timeWindows.forEach(part -> part.accept(compiler));
    return new Computation.OfTimeline(
        compiler.compile(), stages, Optional.ofNullable(value), compiler.features());
  }

  private void requireDifferent(List<String> names, String what) {
    Set<String> seen = new HashSet<>();
    for (String each : names) {
      require(seen.add(each), "the " + what + " " + each + " stands twice");
    }
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("feature group " + name + ": " + complaint);
    }
  }
}
