package dev.freshet.lambdas;

import static dev.freshet.testing.EventJson.quoted;

import dev.freshet.testing.EventJson;

/** Builds the JSON of an order's events. */
public final class OrderJson {

  private static final long REQUESTED_MILLIS = 1_777_892_400_000L;

  private OrderJson() {}

  /** Creates an event of an order of its own, with the required members. */
  public static EventJson event(String type, String eventId, long occurredAtMillis) {
    return EventJson.event(type, eventId, occurredAtMillis)
        .without("itemId")
        .with("orderId", quoted("order-" + eventId));
  }

  /** Creates a delivery with the time that its courier took to accept. */
  public static EventJson delivery(
      String eventId, long occurredAtMillis, String courier, long acceptSeconds) {
    return event("ORDER_DELIVERED", eventId, occurredAtMillis)
        .with("courierId", quoted(courier))
        .with("courierRequestedAt", Long.toString(REQUESTED_MILLIS))
        .with("courierAcceptedAt", Long.toString(REQUESTED_MILLIS + acceptSeconds * 1_000));
  }
}
