package dev.freshet.definition;

import java.util.List;

/**
 * A declaration of features that are computed together: of which entity, from which events, over
 * which window. Handlers, recalculation, replay and the catalogue all read this one declaration.
 */
public final class FeatureGroup {

  private final String name;
  private final String description;
  private final Dimension dimension;
  private final List<EventType> eventTypes;
  private final Computation computation;
  private final List<Feature> features;

  FeatureGroup(
      String name,
      String description,
      Dimension dimension,
      List<EventType> eventTypes,
      Computation computation,
      List<Feature> features) {
    this.name = name;
    this.description = description;
    this.dimension = dimension;
    this.eventTypes = List.copyOf(eventTypes);
    this.computation = computation;
    this.features = List.copyOf(features);
  }

  /** Starts a declaration; the name is lower snake case and unique on the platform. */
  public static FeatureGroupBuilder named(String name) {
    return new FeatureGroupBuilder(Names.requireSnakeCase("feature group", name));
  }

  public String name() {
    return name;
  }

  /** What the features mean, in a sentence or two for people; empty if the declaration has none. */
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

  public Computation computation() {
    return computation;
  }

  /** The features in the order they were declared. */
  public List<Feature> features() {
    return features;
  }

  /**
   * The same declaration under a name that no group can have: its state and its results are nobody
   * else's.
   */
  public FeatureGroup rehearsal() {
    return new FeatureGroup(
        name + "@rehearsal", description, dimension, eventTypes, computation, features);
  }

  /** The index of the event type of a name in {@link #eventTypes}, or −1 if it is not read. */
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
