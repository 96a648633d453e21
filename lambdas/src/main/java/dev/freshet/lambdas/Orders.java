package dev.freshet.lambdas;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.format.EventFormat;
import java.time.Duration;

/** The events, dimensions, stages and times that the feature groups of this package share. */
final class Orders {

  private static final EventFormat FORMAT = EventFormat.reference().requiring("orderId");

  static final EventType ORDER_CREATED =
      new EventType("ORDER_CREATED", "order-created", FORMAT)
          .carrying("storeId", "customerId", "cityCode", "totalAmount", "itemCount");
  static final EventType ORDER_ACCEPTED =
      new EventType("ORDER_ACCEPTED", "order-accepted", FORMAT).carrying("storeId", "cityCode");
  static final EventType ORDER_PICKED =
      new EventType("ORDER_PICKED", "order-picked", FORMAT)
          .carrying("storeId", "courierId", "cityCode", "createdAt", "acceptedAt", "pickedAt");
  static final EventType ORDER_DELIVERED =
      new EventType("ORDER_DELIVERED", "order-delivered", FORMAT)
          .carrying(
              "storeId",
              "courierId",
              "customerId",
              "cityCode",
              "createdAt",
              "courierRequestedAt",
              "courierAcceptedAt",
              "arrivedAt",
              "deliveredAt");
  static final EventType ORDER_CANCELLED =
      new EventType("ORDER_CANCELLED", "order-cancelled", FORMAT)
          .carrying("storeId", "customerId", "cityCode");

  static final Entity COURIER = Entity.named("courier").by("courierId");
  static final Entity CUSTOMER = Entity.named("customer").by("customerId");
  static final Entity STORE = Entity.named("store").by("storeId");
  static final Entity CITY = Entity.named("city").by("cityCode");

  private static final Lifecycle ORDER = Lifecycle.named("order").by("orderId");

  static final Stage CREATED = ORDER.stage("created", ORDER_CREATED);
  static final Stage ACCEPTED = ORDER.stage("accepted", ORDER_ACCEPTED);
  static final Stage PICKED = ORDER.stage("picked", ORDER_PICKED);
  static final Stage DELIVERED = ORDER.stage("delivered", ORDER_DELIVERED);
  static final Stage CANCELLED = ORDER.stage("cancelled", ORDER_CANCELLED);

  /** How far windows of many days move at a time. */
  static final Duration DAILY = Duration.ofDays(1);

  /**
   * How late an event may arrive to count in history. Production keeps the events of orders for
   * this long, so a batch that was given up on Friday counts if it is put back on Monday.
   */
  static final Duration LATENESS = Duration.ofDays(3);

  private Orders() {}
}
