package dev.freshet.event;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Occurrence;
import dev.freshet.input.Columns;
import java.util.List;
import java.util.function.Predicate;

/**
 * The part of events that a feature group takes.
 *
 * @param uses whether any feature of the group uses an event
 */
record Intake(Entity entity, List<EventType> types, Columns columns, Predicate<Occurrence> uses) {

  static Intake of(FeatureGroup group) {
    return new Intake(group.dimension(), group.eventTypes(), group.columns(), group::takes);
  }
}
