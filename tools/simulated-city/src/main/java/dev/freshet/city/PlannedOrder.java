package dev.freshet.city;

import java.util.Optional;

/**
 * An order with the times of all its events, in epoch milliseconds.
 *
 * @param run the start of the ids of all orders of one run
 * @param number the order's number in the run
 * @param cancelledAt before {@code pickedAt}, or {@link #NEVER}
 */
record PlannedOrder(
    String run,
    long number,
    Town town,
    int storeId,
    int courierId,
    int customerId,
    long amountCents,
    int itemCount,
    long createdAt,
    long acceptedAt,
    long courierRequestedAt,
    long courierAcceptedAt,
    long pickedAt,
    long arrivedAt,
    long deliveredAt,
    long cancelledAt) {

  static final long NEVER = Long.MAX_VALUE;

  /** Returns an id that is unique among all orders of all runs. */
  String id() {
    return run + "-" + number;
  }

  /** Returns when the event of this type happens. */
  long timeOf(OrderEventType type) {
    return switch (type) {
      case ORDER_CREATED -> createdAt;
      case ORDER_ACCEPTED -> acceptedAt;
      case ORDER_PICKED -> pickedAt;
      case ORDER_DELIVERED -> deliveredAt;
      case ORDER_CANCELLED -> cancelledAt;
    };
  }

  /** Returns when the last event happens. */
  long endsAt() {
    return Math.min(deliveredAt, cancelledAt);
  }

  /** Returns the type of the next event; empty after the last. */
  Optional<OrderEventType> after(OrderEventType type) {
    return switch (type) {
      case ORDER_CREATED -> Optional.of(unlessCancelled(OrderEventType.ORDER_ACCEPTED));
      case ORDER_ACCEPTED -> Optional.of(unlessCancelled(OrderEventType.ORDER_PICKED));
      case ORDER_PICKED -> Optional.of(OrderEventType.ORDER_DELIVERED);
      case ORDER_DELIVERED, ORDER_CANCELLED -> Optional.empty();
    };
  }

  private OrderEventType unlessCancelled(OrderEventType next) {
    return cancelledAt <= timeOf(next) ? OrderEventType.ORDER_CANCELLED : next;
  }
}
