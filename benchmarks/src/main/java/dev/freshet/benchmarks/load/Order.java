package dev.freshet.benchmarks.load;

/** An order from its creation to its delivery; times are epoch milliseconds. */
public record Order(
    String id,
    int store,
    int courier,
    int customer,
    int town,
    int amountCents,
    long createdAt,
    long acceptedAt,
    long pickedAt,
    long courierRequestedAt,
    long courierAcceptedAt,
    long arrivedAt,
    long deliveredAt) {

  long at(OrderStream stage) {
    return switch (stage) {
      case CREATED -> createdAt;
      case ACCEPTED -> acceptedAt;
      case PICKED -> pickedAt;
      case DELIVERED -> deliveredAt;
    };
  }
}
