package dev.freshet.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;

/** Writes the events of an order with every member that the event format knows. */
public final class OrderJson {

  private OrderJson() {}

  static byte[] write(Order order, OrderStream stage) {
    StringBuilder json = new StringBuilder(512);
    json.append("{\"eventId\":\"").append(order.id()).append('-').append(stage.stream());
    json.append("\",\"eventType\":\"").append(stage.eventType()).append('"');
    time(json, "occurredAt", order.at(stage));
    json.append(",\"orderId\":\"").append(order.id()).append('"');
    number(json, "storeId", order.store());
    details(json, order, stage);
    json.append(",\"cityCode\":\"C").append(order.town()).append("\"}");
    return json.toString().getBytes(UTF_8);
  }

  private static void details(StringBuilder json, Order order, OrderStream stage) {
    switch (stage) {
      case CREATED -> created(json, order);
      case ACCEPTED -> {}
      case PICKED -> picked(json, order);
      case DELIVERED -> delivered(json, order);
    }
  }

  private static void created(StringBuilder json, Order order) {
    number(json, "customerId", order.customer());
    json.append(",\"totalAmount\":").append(BigDecimal.valueOf(order.amountCents(), 2));
    number(json, "itemCount", 1 + order.amountCents() / 1_500);
  }

  private static void picked(StringBuilder json, Order order) {
    number(json, "courierId", order.courier());
    time(json, "createdAt", order.createdAt());
    time(json, "acceptedAt", order.acceptedAt());
    time(json, "pickedAt", order.pickedAt());
  }

  private static void delivered(StringBuilder json, Order order) {
    number(json, "courierId", order.courier());
    number(json, "customerId", order.customer());
    time(json, "createdAt", order.createdAt());
    time(json, "courierRequestedAt", order.courierRequestedAt());
    time(json, "courierAcceptedAt", order.courierAcceptedAt());
    time(json, "arrivedAt", order.arrivedAt());
    time(json, "deliveredAt", order.deliveredAt());
  }

  private static void number(StringBuilder json, String member, int value) {
    json.append(",\"").append(member).append("\":").append(value);
  }

  private static void time(StringBuilder json, String member, long epochMillis) {
    json.append(",\"").append(member).append("\":\"");
    json.append(Instant.ofEpochMilli(epochMillis)).append('"');
  }
}
