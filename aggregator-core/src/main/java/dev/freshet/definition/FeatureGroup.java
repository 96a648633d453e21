package dev.freshet.definition;

import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateSchema;
import dev.freshet.input.Columns;
import java.time.Duration;
import java.util.List;

/**
 * A declaration of features that are computed together: for which entity, from which events, over
 * which windows. Handlers, recalculation, replay and the catalogue all read this one declaration.
 */
public final class FeatureGroup {

  private final String name;
  private final String description;
  private final Entity entity;
  private final List<EventType> eventTypes;
  private final Columns columns;
  private final List<StateKind> kinds;
  private final boolean movesWithTime;
  private final int computed;
  private final boolean isBounded;
  private final Duration lateness;
  private final DeclaredFeatures features;

  /**
   * @param isBounded whether the declaration names how many events an entity holds
   * @param lateness null if no window needs it
   */
  FeatureGroup(
      String name,
      String description,
      Entity entity,
      List<EventType> eventTypes,
      Columns columns,
      List<StateKind> kinds,
      boolean isBounded,
      Duration lateness,
      DeclaredFeatures features) {
    this.name = name;
    this.description = description;
    this.entity = entity;
    this.eventTypes = List.copyOf(eventTypes);
    this.columns = columns;
    this.kinds = List.copyOf(kinds);
    this.movesWithTime = kinds.stream().anyMatch(StateKind::movesWithTime);
    this.computed = kinds.stream().mapToInt(StateKind::width).sum();
    this.isBounded = isBounded;
    this.lateness = lateness;
    this.features = features;
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

  /** The kind of entity that the features describe. */
  public Entity dimension() {
    return entity;
  }

  /** The types of event the group reads. */
  public List<EventType> eventTypes() {
    return eventTypes;
  }

  /** The inputs and filters that the group takes from an event. */
  public Columns columns() {
    return columns;
  }

  /** The kinds of state kept for an entity, one for each kind of window declared. */
  public List<StateKind> kinds() {
    return kinds;
  }

  /** Returns the number of features that the kinds compute; derived ones are not among them. */
  public int computed() {
    return computed;
  }

  /** Returns whether features change as time passes, with no new event. */
  public boolean movesWithTime() {
    return movesWithTime;
  }

  /** How late an event may arrive to count in history; null if the group has none. */
  public Duration lateness() {
    return lateness;
  }

  /**
   * Returns whether it has windows that move in hops or are of a lifetime, so that its state is
   * stored where it outlives Redis.
   */
  public boolean hasHistory() {
    return lateness != null;
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
   * Returns feature values in the order of declaration, derived ones included.
   *
   * @param computed the values of the first kind, then of the second, and so on
   */
  public FeatureValues inDeclaredOrder(FeatureValues computed) {
    return features.values(computed);
  }

  /** Returns the origin of a feature, or those of the features that a derived one comes from. */
  public List<Origin> origins(Feature feature) {
    return features.origins(feature, kinds);
  }

  /**
   * A feature that is computed from events.
   *
   * @param kind the kind of state that computes it
   * @param index its index among the features of that kind
   */
  public record Origin(Feature feature, StateKind kind, int index) {}

  /** Returns what the state of the group keeps. */
  public StateSchema schema() {
    return StateSchema.of(
        entity.members(), eventTypes.stream().map(EventType::name).toList(), columns, kinds);
  }

  /**
   * Returns eight hexadecimal digits that are equal for declarations that keep the same state, and
   * differ for all others.
   */
  public String fingerprint() {
    return "%08x".formatted(schema().fingerprint());
  }

  /** The features in the order they were declared. */
  public List<Feature> features() {
    return features.features();
  }

  /** Returns the feature with a name, or null. */
  public Feature feature(String featureName) {
    return features().stream()
        .filter(each -> each.name().equals(featureName))
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the same declaration under a name that no group can have, so that priming never touches
   * real state or results.
   */
  public FeatureGroup priming() {
    return with(name + "@priming", kinds);
  }

  /**
   * Returns the same declaration with another bound for the events, or items, that an entity holds;
   * the bound that the declaration names stays.
   */
  public FeatureGroup holdingAtMost(int most) {
    return isBounded
        ? this
        : with(name, kinds.stream().map(kind -> kind.holdingAtMost(most)).toList());
  }

  private FeatureGroup with(String newName, List<StateKind> newKinds) {
    return new FeatureGroup(
        newName, description, entity, eventTypes, columns, newKinds, isBounded, lateness, features);
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
