package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation.Takes;
import dev.freshet.aggregation.EdgeTime;
import dev.freshet.definition.Aggregate.Entered;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link FeatureGroup}; {@link #build} rejects contradictions.
 *
 * <p>A group has one entity and any number of features, over last events, time windows and
 * lifecycles. The events that it {@link #reads} serve windows; a lifecycle reads the events that
 * enter its stages by itself.
 */
public final class FeatureGroupBuilder {

  /** The number of events that an entity's windows hold unless a group declares another. */
  public static final int USUAL_MOST_EVENTS = 100_000;

  final String name;
  final List<EventType> read = new ArrayList<>();
  final List<Declared> declared = new ArrayList<>();
  String description = "";
  Entity entity;
  Input value;
  Filter filter;
  int mostEvents;
  Duration lateness;

  /**
   * A declared feature: its window, and either an aggregate, a feature of a status, or a derived
   * feature, which has no window.
   */
  record Declared(
      Feature feature,
      Window window,
      OfEvents events,
      Entered entered,
      StatusFeature status,
      Derived derived) {}

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
  public FeatureGroupBuilder dimension(Entity described) {
    requireFirst("dimension()", entity, described);
    entity = described;
    return this;
  }

  /** Adds event types to read. */
  public FeatureGroupBuilder reads(EventType... types) {
    read.addAll(List.of(types));
    return this;
  }

  /** Sets the input of all features that do not name one. */
  public FeatureGroupBuilder value(Input input) {
    requireFirst("value()", value, input);
    value = input;
    return this;
  }

  /** Sets the filter of all features of windows that do not name one. */
  public FeatureGroupBuilder where(Filter passing) {
    requireFirst("where()", filter, passing);
    filter = passing;
    return this;
  }

  /**
   * Sets how many events, or items of a lifecycle, an entity holds; beyond, the oldest go, counted
   * and alarmed.
   */
  public FeatureGroupBuilder holdingAtMost(int events) {
    require(mostEvents == 0, "holdingAtMost() is called twice: keep one");
    require(events >= 1, "holdingAtMost() must be at least 1: " + events);
    mostEvents = events;
    return this;
  }

  /**
   * Sets how late an event may arrive to count in windows that move in hops, and in those of a
   * lifetime: an event older than t − lateness when it arrives is late. Whole seconds, at most 366
   * days.
   */
  public FeatureGroupBuilder lateness(Duration latest) {
    requireFirst("lateness()", lateness, latest);
    TimeWindow.requireLength("lateness", latest);
    lateness = latest;
    return this;
  }

  /** Declares features of the events in a window. */
  public FeatureGroupBuilder over(LastEvents window, OfEvents... computed) {
    return overEvents(window, computed);
  }

  /** Declares features of the events or stages in a time window. */
  public FeatureGroupBuilder over(TimeWindow window, Aggregate... computed) {
    return overEvents(window, computed);
  }

  /** Declares features of the events in a window that moves in hops, or of all events. */
  public FeatureGroupBuilder over(HistoryWindow window, OfEvents... computed) {
    return overEvents(window, computed);
  }

  private FeatureGroupBuilder overEvents(Window window, Aggregate... computed) {
    requireSome(window, computed.length);
    for (Aggregate each : computed) {
      OfEvents events = each instanceof OfEvents ofEvents ? ofEvents : null;
      Entered entered = each instanceof Entered ofItems ? ofItems : null;
      Feature feature =
          new Feature(
              Names.requireSnakeCase("feature", each.name(window)),
              window.toString(),
              each.formula(window),
              events != null && events.givesText(inputOf(events)),
              EdgeTime.ENDING.equals(each.ending()));
      declared.add(new Declared(feature, window, events, entered, null, null));
    }
    return this;
  }

  /** Declares features of the items in a status. */
  public FeatureGroupBuilder over(LookBack lookBack, StatusFeature... computed) {
    requireSome(lookBack, computed.length);
    for (StatusFeature each : computed) {
      Feature feature =
          new Feature(
              each.name(),
              lookBack.toString(),
              each.formula(),
              false,
              each instanceof Status.Oldest);
      declared.add(new Declared(feature, lookBack, null, null, each, null));
    }
    return this;
  }

  /** Declares features that are computed from others of the group. */
  public FeatureGroupBuilder derive(Derived... computed) {
    for (Derived each : computed) {
      Feature feature = new Feature(each.name(), "", each.formula(), false, false);
      declared.add(new Declared(feature, null, null, null, null, each));
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
    new DeclarationRules(this).check();
    return new GroupCompiler(this).compile();
  }

  /** Returns the input that a feature uses; null if it takes events as they are. */
  Input inputOf(OfEvents events) {
    if (events.input() != null) {
      return events.input();
    }
    return events.aggregation().takes() == Takes.EVENTS ? null : value;
  }

  Filter filterOf(OfEvents events) {
    return events.filter() == null ? filter : events.filter();
  }

  /** Returns the lifecycles of its features, in the order in which they first appear. */
  List<Lifecycle> lifecycles() {
    return stages().stream().map(Stage::lifecycle).distinct().toList();
  }

  /** Returns the stages of its features. */
  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    for (Declared each : declared) {
      if (each.entered() != null) {
        stages.add(each.entered().stage());
      } else if (each.status() != null) {
        stages.add(each.status().status().since());
        stages.addAll(each.status().status().until());
      }
    }
    return stages.stream().distinct().toList();
  }

  /** Returns the event types that it reads, then those that enter stages. */
  List<EventType> eventTypes() {
    List<EventType> types = new ArrayList<>(read);
    for (Stage stage : stages()) {
      stage.enteredBy().stream().filter(type -> !types.contains(type)).forEach(types::add);
    }
    return types;
  }

  private void requireFirst(String call, Object before, Object now) {
    require(
        before == null,
        "%s is called twice, with %s and then %s: keep one".formatted(call, before, now));
  }

  private void requireSome(Object window, int computed) {
    require(computed > 0, "over(%s) computes nothing: name its features".formatted(window));
  }

  void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("feature group " + name + ": " + complaint);
    }
  }
}
