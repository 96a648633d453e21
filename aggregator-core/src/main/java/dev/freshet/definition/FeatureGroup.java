package dev.freshet.definition;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.StateKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A declaration of features that are computed together: of which entity, from which events, over
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

  /** The member of the events that has the id of their item. */
  public String item() {
    return eventTypes.get(0).item();
  }

  /** The number each event contributes, if any. */
  public Optional<Value> value() {
    return value;
  }

  /** What is held of an entity's events: one part for each kind of window declared. */
  public List<StateKind> kinds() {
    return kinds;
  }

  /** Whether features change as time passes, with no new event. */
  public boolean movesWithTime() {
    return kinds.stream().anyMatch(StateKind::movesWithTime);
  }

  /** Whether an event is of any use to it. */
  public boolean takes(Occurrence event) {
    for (StateKind kind : kinds) {
      if (kind.takes(event)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The kinds that use an event as it arrives, a bit for each; 0 if it is late for all that could.
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
   * Features in the order they were declared.
   *
   * @param computed those of the first kind, then those of the second, and so on
   */
  public double[] inDeclaredOrder(double[] computed) {
    double[] ordered = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      ordered[i] = computed[places[i]];
    }
    return ordered;
  }

  /** The kind that computes a feature, and the feature's index there. */
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
   * Six characters that are the same for declarations which can work on the same state, and differ
   * for all others.
   */
  public String fingerprint() {
    return StateFingerprint.of(this);
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
        name + "@rehearsal", description, dimension, eventTypes, value, kinds, places, features);
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
