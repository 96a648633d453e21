package dev.freshet.definition;

import java.util.List;

/**
 * A stage of an item's life; its time is the earliest {@code occurredAt} of the events that enter
 * it and name the item.
 *
 * @param name lower snake case, such as {@code created}; the stem of its window counts' names
 * @param enteredBy the types of events by which an item enters the stage
 */
public record Stage(Lifecycle lifecycle, String name, List<EventType> enteredBy) {

  public Stage {
    Names.requireSnakeCase("stage", name);
    enteredBy = List.copyOf(enteredBy);
    if (enteredBy.isEmpty()) {
      throw new IllegalArgumentException(
          "stage %s of %s needs an event type that enters it".formatted(name, lifecycle.name()));
    }
  }
}
