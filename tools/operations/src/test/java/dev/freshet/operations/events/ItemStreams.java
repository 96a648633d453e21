package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.List;
import java.util.stream.Stream;

/** The streams of the events of items. */
final class ItemStreams {

  static final EventStreams ALL = EventStreams.of(types());

  private ItemStreams() {}

  /** The streams of an item and of one further type. */
  static EventStreams and(EventType further) {
    return EventStreams.of(Stream.concat(types().stream(), Stream.of(further)).toList());
  }

  private static List<EventType> types() {
    return List.of(
        type("ITEM_CREATED", "item-created"),
        type("ITEM_ACCEPTED", "item-accepted"),
        type("ITEM_PICKED", "item-picked"),
        type("ITEM_DELIVERED", "item-delivered"),
        type("ITEM_CANCELLED", "item-cancelled"));
  }

  private static EventType type(String name, String stream) {
    return new EventType(name, stream, "itemId")
        .carrying("createdAt", "acceptedAt", "pickedAt", "requestedAt", "arrivedAt", "deliveredAt");
  }
}
