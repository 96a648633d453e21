package dev.freshet.benchmarks.soak;

import static dev.freshet.testing.EventJson.quoted;
import static dev.freshet.testing.TestEvents.SECOND;

import dev.freshet.lambdas.OrderJson;
import dev.freshet.testing.EventJson;
import java.util.Random;

/** An order whose whole life takes seconds to minutes; times are epoch milliseconds. */
record SoakOrder(
    String id,
    int store,
    int city,
    int courier,
    int customer,
    int amountCents,
    long created,
    long accepted,
    long picked,
    long requested,
    long arrived,
    long delivered) {

  static SoakOrder of(
      String id, int store, int city, int courier, int customer, long created, Random random) {
    long accepted = created + between(random, 2, 40);
    long picked = accepted + between(random, 5, 120);
    long requested = accepted - between(random, 0, 30);
    long arrived = picked + between(random, 10, 240);
    long delivered = arrived + between(random, 0, 60);
    int cents = random.nextInt(20_000);
    return new SoakOrder(
        id, store, city, courier, customer, cents, created, accepted, picked, requested, arrived,
        delivered);
  }

  private static long between(Random random, int fromSeconds, int toSeconds) {
    return fromSeconds * SECOND + random.nextInt((int) ((toSeconds - fromSeconds) * SECOND));
  }

  /** When the order enters the stage that an event type tells of. */
  long at(String type) {
    return switch (type) {
      case "ORDER_CREATED" -> created;
      case "ORDER_ACCEPTED" -> accepted;
      case "ORDER_PICKED" -> picked;
      case "ORDER_DELIVERED" -> delivered;
      case "ORDER_CANCELLED" -> accepted + SECOND;
      default -> throw new IllegalArgumentException("no such event type: " + type);
    };
  }

  /** The event of a type, with all that the contract gives it. */
  EventJson event(String type) {
    EventJson event =
        OrderJson.event(type, id + "-" + type, at(type))
            .with("orderId", quoted(id))
            .with("storeId", quoted("s" + store))
            .with("cityCode", quoted("c" + city));
    return switch (type) {
      case "ORDER_CREATED" ->
          byCustomer(event).with("totalAmount", Double.toString(amountCents / 100.0));
      case "ORDER_PICKED" -> since(byCourier(event)).with("pickedAt", Long.toString(picked));
      case "ORDER_DELIVERED" ->
          since(byCustomer(byCourier(event)))
              .with("courierRequestedAt", Long.toString(requested))
              .with("courierAcceptedAt", Long.toString(accepted))
              .with("arrivedAt", Long.toString(arrived))
              .with("deliveredAt", Long.toString(delivered));
      case "ORDER_CANCELLED" -> byCustomer(event);
      default -> event;
    };
  }

  private EventJson since(EventJson event) {
    return event
        .with("createdAt", Long.toString(created))
        .with("acceptedAt", Long.toString(accepted));
  }

  private EventJson byCourier(EventJson event) {
    return event.with("courierId", quoted("k" + courier));
  }

  private EventJson byCustomer(EventJson event) {
    return event.with("customerId", quoted("u" + customer));
  }
}
