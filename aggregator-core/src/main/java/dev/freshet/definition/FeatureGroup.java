package dev.freshet.definition;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.StateKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A declaration of features that are computed together: for which entity, from which events, over
 * which window. Handlers, recalculation, replay and the catalogue all read this one declaration.
 */
public final class FeatureGroup {

  private final String name;
  private final String description;
  private final Dimension dimension;
  private final List<EventType> eventTypes;
  private final Optional<Value> value;
  private final List<StateKind> kinds;
  private final int[] places;
  private final List<Feature> features;

  FeatureGroup(
      String name,
      String description,
      Dimension dimension,
      List<EventType> eventTypes,
      Optional<Value> value,
      List<StateKind> kinds,
      int[] places,
      List<Feature> features) {
    this.name = name;
    this.description = description;
    this.dimension = dimension;
    this.eventTypes = List.copyOf(eventTypes);
    this.value = value;
    this.kinds = List.copyOf(kinds);
    this.places = places;
    this.features = List.copyOf(features);
  }

  /** Starts a declaration; the name is lower snake case and unique on the platform. */
  public static FeatureGroupBuilder named(String name) {
    return new FeatureGroupBuilder(Names.requireSnakeCase("feature group", name));
  }

  public String name() {
    return name;
  }

  /** The meaning of the features, in a sentence or two; empty if not declared. */
  public String description() {
    return description;
  }

  public Dimension dimension() {
    return dimension;
  }

  /** The types of event the group reads. */
  public List<EventType> eventTypes() {
    return eventTypes;
  }

  /** The event member that holds the item id. */
  public String item() {
    return eventTypes.get(0).item();
  }

  /** The number each event contributes, if any. */
  public Optional<Value> value() {
    return value;
  }

  /** The kinds of state kept for an entity, one for each kind of window declared. */
  public List<StateKind> kinds() {
    return kinds;
  }

  /** Returns whether features change as time passes, with no new event. */
  public boolean movesWithTime() {
    return kinds.stream().anyMatch(StateKind::movesWithTime);
  }

  /** Returns whether any feature of the group uses an event. */
  public boolean takes(Occurrence event) {
    for (StateKind kind : kinds) {
      if (kind.takes(event)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the kinds that use an arriving event, one bit each; 0 if it is late for all of them.
   *
   * @param timeToLive how long the state of an entity outlives its last write
   */
  public long kindsFor(Occurrence event, long nowMillis, Duration timeToLive) {
    long using = 0;
    for (int i = 0; i < kinds.size(); i++) {
      StateKind kind = kinds.get(i);
      if (kind.takes(event)
          && !kind.isLate(event.occurredAtMillis(), nowMillis, timeToLive.toMillis())) {
        using |= 1L << i;
      }
    }
    return using;
  }

  /**
   * Returns feature values in the order of declaration.
   *
   * @param computed the values of the first kind, then of the second, and so on
   */
  public double[] inDeclaredOrder(double[] computed) {
    double[] ordered = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      ordered[i] = computed[places[i]];
    }
    return ordered;
  }

  /** Returns the kind that computes a feature, and the feature's index in that kind. */
  public Origin origin(Feature feature) {
    int place = places[features.indexOf(feature)];
    int kind = 0;
    while (place >= kinds.get(kind).width()) {
      place -= kinds.get(kind++).width();
    }
    return new Origin(kinds.get(kind), place);
  }

  /** See {@link #origin}. */
  public record Origin(StateKind kind, int index) {}

  /**
   * Returns six characters that are equal for declarations that can share state, and differ for all
   * others.
   */
  public String fingerprint() {
    return StateFingerprint.of(this);
  }

  /** The features in the order they were declared. */
  public List<Feature> features() {
    return features;
  }

  /**
   * Returns the same declaration under a name that no group can have, so that priming never touches
   * real state or results.
   */
  public FeatureGroup priming() {
    return new FeatureGroup(
        name + "@priming", description, dimension, eventTypes, value, kinds, places, features);
  }

  /**
   * Returns the index in {@link #eventTypes} of the event type with a name, or −1 if the group does
   * not read it.
   */
  public int indexOf(String eventTypeName) {
    for (int i = 0; i < eventTypes.size(); i++) {
      if (eventTypes.get(i).name().equals(eventTypeName)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return name;
  }
}
