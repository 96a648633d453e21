package dev.freshet.city;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.operations.events.EventTimes;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Writes the events of an order with all members of the event format. */
final class OrderEventWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private OrderEventWriter() {}

  static OutgoingEvent event(PlannedOrder order, OrderEventType type) {
    Instant occurredAt = Instant.ofEpochMilli(order.timeOf(type));
    return new OutgoingEvent(type.stream(), order.id(), json(order, type), Optional.of(occurredAt));
  }

  private static byte[] json(PlannedOrder order, OrderEventType type) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventId", order.id() + "-" + type.stage());
      json.writeStringField("eventType", type.name());
      time(json, "occurredAt", order.timeOf(type));
      json.writeStringField("orderId", order.id());
      json.writeNumberField("storeId", order.storeId());
      details(json, order, type);
      json.writeStringField("cityCode", order.town().code());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void details(JsonGenerator json, PlannedOrder order, OrderEventType type)
      throws IOException {
    switch (type) {
      case ORDER_CREATED -> created(json, order);
      case ORDER_ACCEPTED -> {}
      case ORDER_PICKED -> picked(json, order);
      case ORDER_DELIVERED -> delivered(json, order);
      case ORDER_CANCELLED -> json.writeNumberField("customerId", order.customerId());
    }
  }

  private static void created(JsonGenerator json, PlannedOrder order) throws IOException {
    json.writeNumberField("customerId", order.customerId());
    json.writeNumberField("totalAmount", BigDecimal.valueOf(order.amountCents(), 2));
    json.writeNumberField("itemCount", order.itemCount());
  }

  private static void picked(JsonGenerator json, PlannedOrder order) throws IOException {
    json.writeNumberField("courierId", order.courierId());
    time(json, "createdAt", order.createdAt());
    time(json, "acceptedAt", order.acceptedAt());
    time(json, "pickedAt", order.pickedAt());
  }

  private static void delivered(JsonGenerator json, PlannedOrder order) throws IOException {
    json.writeNumberField("courierId", order.courierId());
    json.writeNumberField("customerId", order.customerId());
    time(json, "createdAt", order.createdAt());
    time(json, "courierRequestedAt", order.courierRequestedAt());
    time(json, "courierAcceptedAt", order.courierAcceptedAt());
    time(json, "arrivedAt", order.arrivedAt());
    time(json, "deliveredAt", order.deliveredAt());
  }

  private static void time(JsonGenerator json, String member, long epochMillis) throws IOException {
    json.writeStringField(member, EventTimes.text(epochMillis));
  }
}
