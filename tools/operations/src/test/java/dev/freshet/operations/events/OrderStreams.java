package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.List;
import java.util.stream.Stream;

/** The streams of the events of orders. */
final class OrderStreams {

  static final EventStreams ALL = EventStreams.of(types());

  private OrderStreams() {}

  /** The streams of an order and of one further type. */
  static EventStreams and(EventType further) {
    return EventStreams.of(Stream.concat(types().stream(), Stream.of(further)).toList());
  }

  private static List<EventType> types() {
    return List.of(
        type("ORDER_CREATED", "order-created"),
        type("ORDER_ACCEPTED", "order-accepted"),
        type("ORDER_PICKED", "order-picked"),
        type("ORDER_DELIVERED", "order-delivered"),
        type("ORDER_CANCELLED", "order-cancelled"));
  }

  private static EventType type(String name, String stream) {
    return new EventType(name, stream, "orderId")
        .carrying(
            "createdAt",
            "acceptedAt",
            "pickedAt",
            "courierRequestedAt",
            "courierAcceptedAt",
            "arrivedAt",
            "deliveredAt");
  }
}
