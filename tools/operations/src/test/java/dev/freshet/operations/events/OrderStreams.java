package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.List;

/** The streams of the events of orders. */
final class OrderStreams {

  static final EventStreams ALL =
      EventStreams.of(
          List.of(
              type("ORDER_CREATED", "order-created"),
              type("ORDER_ACCEPTED", "order-accepted"),
              type("ORDER_PICKED", "order-picked"),
              type("ORDER_DELIVERED", "order-delivered"),
              type("ORDER_CANCELLED", "order-cancelled")));

  private OrderStreams() {}

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
