package dev.freshet.definition;

/**
 * A stage of an item's life; its time is the earliest {@code occurredAt} of the events of {@code
 * enteredBy} that name the item.
 *
 * @param name lower snake case, such as {@code created}; the stem of its window counts' names
 * @param enteredBy the type of event by which an item enters the stage
 */
public record Stage(String name, EventType enteredBy) {

  public Stage {
    Names.requireSnakeCase("stage", name);
  }
}
